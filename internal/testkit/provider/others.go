package provider

import (
	"encoding/json"
	"net/http"
)

const clientToken = "a token of the client"

func (p *Provider) otherRoutes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/v1/token", p.provinceToken)
	mux.HandleFunc("POST /api/v1/user", p.provinceUser)
	mux.HandleFunc("GET /cgi-bin/gettoken", p.corpToken)
	mux.HandleFunc("GET /cgi-bin/auth/getuserinfo", p.corpCode)
	mux.HandleFunc("GET /cgi-bin/user/get", p.corpUser)
	mux.HandleFunc("POST /v1.0/oauth2/accessToken", p.dingApp)
	mux.HandleFunc("POST /v1.0/oauth2/userAccessToken", p.dingCode)
	mux.HandleFunc("GET /v1.0/contact/users/me", p.dingMe)
	mux.HandleFunc("POST /topapi/user/getbyunionid", p.dingUnion)
	mux.HandleFunc("POST /topapi/v2/user/get", p.dingUser)
}

func (p *Provider) provinceToken(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.take(r.FormValue("ticket"))
	if !ok || r.FormValue("appid") != p.Client || r.FormValue("secret") != p.Secret {
		say(w, http.StatusOK, map[string]any{"code": 40003, "msg": "ticket 无效"})
		return
	}
	say(w, http.StatusOK, map[string]any{"code": 0, "data": map[string]any{"accessToken": p.give(g.who)}})
}

func (p *Provider) provinceUser(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.tokens[r.Header.Get("X-Access-Token")]
	if !ok || object(r)["appid"] != p.Client {
		say(w, http.StatusOK, map[string]any{"code": 40001, "msg": "token 无效"})
		return
	}
	say(w, http.StatusOK, map[string]any{"code": 0, "data": map[string]any{"user": map[string]any{"userId": who.ID,
		"realName": who.Name, "mobile": who.Phone, "authLevel": who.Level}}})
}

func object(r *http.Request) map[string]string {
	var sent map[string]string
	if r.Header.Get("Content-Type") != "application/json" || json.NewDecoder(r.Body).Decode(&sent) != nil {
		return nil
	}
	return sent
}

func (p *Provider) corpToken(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("corpid") != p.Client || q.Get("corpsecret") != p.Secret {
		say(w, http.StatusOK, map[string]any{"errcode": 40001, "errmsg": "invalid credential"})
		return
	}
	say(w, http.StatusOK, map[string]any{"errcode": 0, "access_token": clientToken, "expires_in": 7200})
}

// corpCode tells a member's userid; who is none (without a unit) has an openid only.
func (p *Provider) corpCode(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.take(r.URL.Query().Get("code"))
	switch {
	case r.URL.Query().Get("access_token") != clientToken:
		say(w, http.StatusOK, map[string]any{"errcode": 40014, "errmsg": "invalid access_token"})
	case !ok:
		say(w, http.StatusOK, map[string]any{"errcode": 40029, "errmsg": "invalid code"})
	case g.who.UnitCode == "":
		say(w, http.StatusOK, map[string]any{"errcode": 0, "openid": g.who.ID})
	default:
		say(w, http.StatusOK, map[string]any{"errcode": 0, "userid": g.who.ID})
	}
}

func (p *Provider) corpUser(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if q := r.URL.Query(); q.Get("access_token") != clientToken || q.Get("userid") != p.Person.ID {
		say(w, http.StatusOK, map[string]any{"errcode": 60111, "errmsg": "userid not found"})
		return
	}
	say(w, http.StatusOK, map[string]any{"errcode": 0, "userid": p.Person.ID, "name": p.Person.Name,
		"main_department": p.Person.UnitCode})
}

func (p *Provider) dingApp(w http.ResponseWriter, r *http.Request) {
	if sent := object(r); sent["appKey"] != p.Client || sent["appSecret"] != p.Secret {
		say(w, http.StatusBadRequest, map[string]any{"code": "invalidClientId", "message": "无效的 clientId"})
		return
	}
	say(w, http.StatusOK, map[string]any{"accessToken": clientToken, "expireIn": 7200})
}

func (p *Provider) dingCode(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	sent := object(r)
	g, ok := p.take(sent["code"])
	if !ok || sent["clientId"] != p.Client || sent["clientSecret"] != p.Secret ||
		sent["grantType"] != "authorization_code" {
		say(w, http.StatusBadRequest, map[string]any{"code": "invalidAuthCode", "message": "无效的授权码"})
		return
	}
	say(w, http.StatusOK, map[string]any{"accessToken": p.give(g.who), "expireIn": 7200})
}

func (p *Provider) dingMe(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.tokens[r.Header.Get("x-acs-dingtalk-access-token")]
	if !ok {
		say(w, http.StatusBadRequest, map[string]any{"code": "InvalidAuthentication", "message": "token"})
		return
	}
	say(w, http.StatusOK, map[string]any{"nick": "小明", "unionId": "union-" + who.ID, "openId": "open-" + who.ID})
}

func (p *Provider) dingUnion(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.URL.Query().Get("access_token") != clientToken || object(r)["unionid"] != "union-"+p.Person.ID {
		say(w, http.StatusOK, map[string]any{"errcode": 60121, "errmsg": "找不到该用户"})
		return
	}
	say(w, http.StatusOK, map[string]any{"errcode": 0, "result": map[string]any{"userid": p.Person.ID}})
}

func (p *Provider) dingUser(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.URL.Query().Get("access_token") != clientToken || object(r)["userid"] != p.Person.ID {
		say(w, http.StatusOK, map[string]any{"errcode": 60121, "errmsg": "找不到该用户"})
		return
	}
	say(w, http.StatusOK, map[string]any{"errcode": 0, "result": map[string]any{"name": p.Person.Name,
		"mobile": p.Person.Phone, "dept_id_list": []string{p.Person.UnitCode}}})
}
