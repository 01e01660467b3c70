package webhook

import (
	"context"

	"anquanda/internal/pace"
)

// Run sends messages until ctx ends.
func (s *Service) Run(ctx context.Context) {
	if s.robot != nil {
		pace.Every(ctx, sendEvery, "tell the group robot", s.Deliver)
	}
}
