package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
)

var errCursor = refuse(http.StatusBadRequest, "The cursor is none of this list: give the next of a page as it came, with the other parameters as they were, or none to begin anew.")

// mark is how many bytes of a cursor say what list it is of.
const mark = 8

// cursorOf names the place in a list behind which the next page begins. The list is what its
// operation and filter say; a cursor of another is not taken.
func cursorOf(list string, filter, place any) (string, error) {
	at, err := json.Marshal(place)
	if err != nil {
		return "", err
	}
	sum, err := digest(list, filter, at)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(sum, at...)), nil
}

// readCursor reads what cursorOf wrote into place, and reports whether there is any.
func readCursor(cursor, list string, filter, place any) (bool, error) {
	if cursor == "" {
		return false, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < mark {
		return false, errCursor
	}
	sum, err := digest(list, filter, b[mark:])
	if err != nil {
		return false, err
	}
	if subtle.ConstantTimeCompare(sum, b[:mark]) != 1 || json.Unmarshal(b[mark:], place) != nil {
		return false, errCursor
	}
	return true, nil
}

// digest is made of what a cursor belongs to. It keeps one from being used where it makes no sense; who
// forges one gets another part of a list that they may see anyway.
func digest(list string, filter any, at []byte) ([]byte, error) {
	key, err := json.Marshal([]any{list, filter, at})
	if err != nil {
		return nil, errors.Join(errCursor, err)
	}
	sum := sha256.Sum256(key)
	return sum[:mark], nil
}
