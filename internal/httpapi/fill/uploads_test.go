package fill

import "testing"

func TestPicturesOfOneUnitComeFewAtATime(t *testing.T) {
	var u uploads
	var ends []func()
	for range mostUploads {
		end, err := u.begin(1)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, end)
	}
	if _, err := u.begin(1); err == nil {
		t.Error("one more is let in")
	}
	if _, err := u.begin(2); err != nil {
		t.Errorf("another unit waits for it: %v", err)
	}
	ends[0]()
	if _, err := u.begin(1); err != nil {
		t.Errorf("after one has come: %v", err)
	}
}
