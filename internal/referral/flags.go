package referral

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/netip"

	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// From so many invitees of one inviter on, what they have in common is worth a
// look. Neighbours and colleagues share a network, so it takes more of them.
const (
	flagDevice  = 3
	flagNetwork = 20
	flagsAtMost = 200
)

// Flag is a device or network from which one inviter's invitees came. It refuses
// nothing: staff judge.
type Flag struct {
	What     string   `db:"what"` // device or network
	Inviter  sqldb.ID `db:"inviter_id"`
	Nickname string   `db:"-"`
	Invitees int      `db:"invitees"`
	From     int64    `db:"first_at"` // UTC ms, of the arrivals
	To       int64    `db:"last_at"`
}

// Flags lists what is worth a look in a contest, the most invitees first.
func (s *Service) Flags(ctx context.Context, contestID sqldb.ID) ([]Flag, error) {
	var flags []Flag
	err := s.db.Select(ctx, &flags, `
		SELECT 'device' AS what, inviter_id, COUNT(*) AS invitees, MIN(arrived_at) AS first_at, MAX(arrived_at) AS last_at
		FROM arrivals WHERE contest_id = ? AND device <> '' AND inviter_id <> 0
		GROUP BY device, inviter_id HAVING COUNT(*) >= ?
		UNION ALL
		SELECT 'network', inviter_id, COUNT(*), MIN(arrived_at), MAX(arrived_at)
		FROM arrivals WHERE contest_id = ? AND network <> '' AND inviter_id <> 0
		GROUP BY network, inviter_id HAVING COUNT(*) >= ?
		ORDER BY invitees DESC, inviter_id LIMIT ?`,
		contestID, flagDevice, contestID, flagNetwork, flagsAtMost)
	if err != nil {
		return nil, errs.Wrap(err, "look for devices and networks of many invitees")
	}
	inviters := make([]sqldb.ID, len(flags))
	for i := range flags {
		inviters[i] = flags[i].Inviter
	}
	names, err := s.players.Enrolments(ctx, contestID, inviters)
	for i := range flags {
		flags[i].Nickname = names[flags[i].Inviter].Nickname
	}
	return flags, err
}

// hashOf keeps a device or network (what, which is its column too) so that equal ones of a
// contest are found and none can be read back; an empty one stays empty. One that the
// contest knows keeps its hash when the key changes.
func (s *Service) hashOf(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, what, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	const bytes = 12 // 16 characters
	var hashes []string
	for _, key := range s.hashes.All() {
		mac := hmac.New(sha256.New, key.Bytes)
		mac.Write([]byte(contestID.String() + " " + what + " " + text))
		hashes = append(hashes, base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:bytes]))
	}
	if len(hashes) == 1 {
		return hashes[0], nil
	}
	var known []string
	err := tx.SelectIn(ctx, &known, "SELECT DISTINCT "+what+" FROM arrivals WHERE contest_id = ? AND "+what+" IN (?)",
		contestID, hashes)
	return personal.Known(hashes, known), errs.Wrap(err, "look by what a %s is known", what)
}

// networkOf is the neighbourhood of an address: /24 of IPv4, /64 of IPv6, which
// are about a household, an office or a mobile cell.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.IsLoopback() {
		return ""
	}
	bits := 24
	if ip = ip.Unmap(); ip.Is6() {
		bits = 64
	}
	prefix, err := ip.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}
