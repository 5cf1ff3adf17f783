package fetch

import "net/netip"

// CountAsPublic lets c ask the addresses in prefix, which are not public.
func (c *Client) CountAsPublic(prefix netip.Prefix) { c.public = append(c.public, prefix) }
