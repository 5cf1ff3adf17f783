package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// What Argon2id (RFC 9106) is run with: the second of the settings that OWASP's
// cheat sheet on keeping passwords holds equally strong.
const (
	hashMemory  = 19 << 10 // KiB
	hashPasses  = 2
	hashThreads = 1
	saltBytes   = 16
	hashBytes   = 32
)

// The length of a password. It is all that a person shows, and so NIST SP 800-63B-4 wants 15
// characters, any of Unicode, of no prescribed sorts, and no cutting off.
const (
	leastPassword = 15
	mostPassword  = 256 // characters
)

// ErrPassword is returned for a password that is not taken. The error says why.
var ErrPassword = errors.New("that password is not taken")

// CheckPassword says what is wrong with a password that an account chooses.
func CheckPassword(account, password string) error {
	password = norm.NFKC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return fmt.Errorf("%w: it is no text", ErrPassword)
	case n < leastPassword:
		return fmt.Errorf("%w: it has to have %d characters or more; several words do well", ErrPassword, leastPassword)
	case n > mostPassword:
		return fmt.Errorf("%w: it has more than %d characters", ErrPassword, mostPassword)
	case repeats(strings.ToLower(password)):
		return fmt.Errorf("%w: it is one thing said over and over, or a row of characters", ErrPassword)
	}
	rest := strings.ToLower(password)
	for _, known := range [...]string{account, "hearsay", "password"} {
		rest = strings.ReplaceAll(rest, known, "")
	}
	if utf8.RuneCountInString(rest) < leastPassword/2 {
		return fmt.Errorf("%w: there is little in it but what anyone would try first", ErrPassword)
	}
	return nil
}

// repeats reports whether a text is made of one of up to eight characters said
// again and again, or of characters that follow on one another, as 2345 do.
func repeats(s string) bool {
	r := []rune(s)
	for period := 1; period <= 8; period++ {
		same := true
		for i := period; i < len(r) && same; i++ {
			same = r[i] == r[i-period]
		}
		if same {
			return true
		}
	}
	steps := 0
	for i := 1; i < len(r); i++ {
		if d := r[i] - r[i-1]; d == 1 || d == -1 || r[i-1] == '9' && r[i] == '0' {
			steps++
		}
	}
	return steps >= len(r)-3
}

// Hash makes of a password what is kept of it, in the PHC string format.
func Hash(password string) string {
	salt := make([]byte, saltBytes)
	rand.Read(salt) // which never fails
	sum := argon2.IDKey([]byte(norm.NFKC.String(password)), salt, hashPasses, hashMemory, hashThreads, hashBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

// The most that a kept hash may ask for, so that a damaged one costs no more.
const (
	mostMemory = 256 << 10 // KiB
	mostPasses = 16
)

// matches reports whether a password is the one of which a hash was kept.
func matches(kept, password string) bool {
	var version int
	var memory, passes uint32
	var threads uint8
	fields := strings.Split(kept, "$")
	if len(fields) != 6 || fields[0] != "" || fields[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(fields[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(fields[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil || memory > mostMemory || passes > mostPasses || memory == 0 || passes == 0 || threads == 0 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(fields[4])
	if err != nil {
		return false
	}
	sum, err := base64.RawStdEncoding.DecodeString(fields[5])
	if err != nil || len(sum) < 16 || len(sum) > 64 {
		return false
	}
	return subtle.ConstantTimeCompare(sum, argon2.IDKey([]byte(norm.NFKC.String(password)), salt, passes, memory, threads, uint32(len(sum)))) == 1
}

// mostAtOnce is how many passwords are compared at a time: each takes 19 MB. Others wait.
const mostAtOnce = 2

// matches is matches when it is its turn.
func (a *Accounts) matches(ctx context.Context, kept, password string) (bool, error) {
	select {
	case a.comparing <- struct{}{}:
		defer func() { <-a.comparing }()
		return matches(kept, password), nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
