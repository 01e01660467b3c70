package catalog

import (
	"context"

	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// OnUnits sets what is called when this node has read a contest's units anew. Set
// it before the catalog is used.
func (c *Catalog) OnUnits(changed func(ctx context.Context, contestID sqldb.ID)) { c.onUnits = changed }

// refreshUnits reads the trees of units anew that changed in the store.
func (c *Catalog) refreshUnits(ctx context.Context) error {
	versions, err := unit.Versions(ctx, c.db)
	if err != nil {
		return err
	}
	for contestID, version := range versions {
		if !c.unitsBehind(contestID, version) {
			continue
		}
		tree, err := unit.Load(ctx, c.db, contestID)
		if err != nil {
			return err
		}
		c.putUnits(contestID, tree)
		if c.onUnits != nil {
			c.onUnits(ctx, contestID)
		}
	}
	return nil
}

// unitsBehind reports whether some edition of a contest holds an older tree.
func (c *Catalog) unitsBehind(contestID sqldb.ID, version int64) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, current := range c.current {
		if current.ContestID == contestID && current.Units.Version < version {
			return true
		}
	}
	for e, edition := range c.editions {
		if e.ContestID == contestID && edition.Units.Version < version {
			return true
		}
	}
	return false
}

// putUnits gives every edition of a contest that tree. Editions do not change
// once they are loaded, so each is replaced by a copy.
func (c *Catalog) putUnits(contestID sqldb.ID, tree *unit.Tree) {
	with := func(edition *Contest) *Contest {
		copied := *edition
		copied.Units = tree
		return &copied
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropped++ // an edition that is being read may hold the tree from before
	for e, edition := range c.editions {
		if e.ContestID == contestID {
			c.editions[e] = with(edition)
		}
	}
	for slug, current := range c.current {
		if current.ContestID != contestID {
			continue
		}
		copied := with(current)
		copied.others = make([]*Contest, len(current.others))
		for i, other := range current.others {
			copied.others[i] = with(other)
		}
		c.current[slug] = copied
	}
}
