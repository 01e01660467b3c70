package pace

import "sync"

// Each does something with all items, so many of them at a time, and returns once all are
// done: those with which it went well, in no order, and the error of one of the others.
func Each[T any](items []T, atOnce int, do func(item T) error) (done []T, failed error) {
	var (
		doing sync.WaitGroup
		mu    sync.Mutex
	)
	slots := make(chan struct{}, atOnce)
	for _, item := range items {
		slots <- struct{}{}
		doing.Go(func() {
			defer func() { <-slots }()
			err := do(item)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
				return
			}
			done = append(done, item)
		})
	}
	doing.Wait()
	return done, failed
}
