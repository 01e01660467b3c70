package app

import (
	"anquanda/internal/httpapi/web"
	"anquanda/internal/limit"
)

// limits bounds how often the calls that cost are made; all nodes count together.
func (a *App) limits(p *parts) *web.Limits {
	return &web.Limits{Limiter: limit.New(a.Redis, p.ring.Of("limits"), p.Now),
		Devices: web.NewDevices(p.ring.Of("devices")), Catalog: a.Catalog}
}
