package redisdb_test

import (
	"reflect"
	"strings"
	"testing"

	"anquanda/internal/redisdb"
)

// slotOf is the hash slot of a key, as the Redis Cluster specification says: CRC16
// (XMODEM) of the hash tag, else of the key.
func slotOf(key string) uint16 {
	if _, behind, found := strings.Cut(key, "{"); found {
		if tag, _, closed := strings.Cut(behind, "}"); closed && tag != "" {
			key = tag
		}
	}
	var crc uint16
	for i := range len(key) {
		crc ^= uint16(key[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc % 16384
}

func TestSlotsAreThoseOfTheSpecification(t *testing.T) {
	for key, want := range map[string]uint16{"123456789": 0x31C3, "foo": 12182, "{foo}bar": 12182, "{}foo": 9500} {
		if got := slotOf(key); got != want {
			t.Errorf("the slot of %s is %d, want %d", key, got, want)
		}
	}
}

// Every method of Keys is asked, so a new one is held too.
func TestAllKeysOfAContestShareASlotWhateverTheyName(t *testing.T) {
	for _, text := range []string{"", "best", "}{", "{other}", "a:b", "榜"} {
		seen := map[string]string{}
		keys := reflect.ValueOf(redisdb.Keys(120618707637506048))
		want := slotOf("120618707637506048")
		for i := range keys.NumMethod() {
			method := keys.Type().Method(i)
			var arguments []reflect.Value
			for j := 1; j < method.Type.NumIn(); j++ {
				argument := reflect.New(method.Type.In(j)).Elem()
				if argument.Kind() == reflect.String {
					argument.SetString(text)
				}
				arguments = append(arguments, argument)
			}
			for _, result := range keys.Method(i).Call(arguments) {
				for _, key := range textsOf(result) {
					if got := slotOf(key); got != want {
						t.Errorf("%s makes %s in slot %d, want %d", method.Name, key, got, want)
					}
					if other := seen[key]; other != "" {
						t.Errorf("%s and %s both make %s", other, method.Name, key)
					}
					seen[key] = method.Name
				}
			}
		}
		if len(seen) < 8 {
			t.Errorf("only %d keys were made", len(seen))
		}
	}
}

// textsOf are the keys in what a method returns.
func textsOf(v reflect.Value) (texts []string) {
	if v.Kind() == reflect.Struct {
		for i := range v.NumField() {
			texts = append(texts, textsOf(v.Field(i))...)
		}
		return texts
	}
	return []string{v.String()}
}

// A name that changes is a view that has to be built again after an upgrade.
func TestKeysKeepTheirNames(t *testing.T) {
	k := redisdb.Keys(7)
	for got, want := range map[string]string{
		k.Boards().Mark: "aq:{7}:mark", k.Boards().Lock: "aq:{7}:rebuilding",
		k.BoardWho(): "aq:{7}:who", k.BoardSets(): "aq:{7}:keys",
		k.BoardPlayers("best", 0, ""):         "aq:{7}:p:best:0",
		k.BoardPlayers("sum", 20260616, "少年"): "aq:{7}:p:sum:20260616:少年",
		k.BoardUnits("towns", 20260616):       "aq:{7}:u:towns:20260616",
		k.Shares().Mark:                       "aq:{7}:invited-mark", k.ShareBoard(): "aq:{7}:invited",
	} {
		if got != want {
			t.Errorf("the key is %s, was %s", got, want)
		}
	}
}
