package main

import (
	"slices"
	"strings"

	"github.com/anishathalye/porcupine"
)

type input struct {
	request
	// The bucket of a commit may have been deleted since its session was opened.
	sessionMayBeGone bool
}

func modelOf(h *history) porcupine.Model {
	return porcupine.Model{
		Partition: func(operations []porcupine.Operation) [][]porcupine.Operation { return partition(h, operations) },
		Init:      func() any { return h.initial },
		Step: func(before, in, out any) (bool, any) {
			return step(before.(state), in.(*input), out.(*outcome))
		},
		Equal: func(a, b any) bool { return slices.Equal(a.(state), b.(state)) },
		Hash:  func(s any) uint64 { return s.(state).hash() },
	}
}

// What an OM would say to a request, as far as a history shows it.
type reply struct {
	status string
	owner  string
	value  string
	page   []entry
	left   []string
}

// Without an outcome whatever happens is right; who was told something was told the truth.
func step(before state, in *input, out *outcome) (bool, state) {
	said, after := answer(before, in)
	if out == nil {
		return true, after
	}
	if in.sessionMayBeGone && out.Status == "KEY_NOT_FOUND" && said.status == "OK" {
		return true, before
	}
	if said.status == "VOLUME_NOT_FOUND" && in.Bucket != "" && in.Kind != "create-bucket" && out.Status == "BUCKET_NOT_FOUND" {
		return true, before
	}
	return said.status == out.Status && fits(said, in, out), after
}

func fits(said reply, in *input, out *outcome) bool {
	shown := out.Shown
	if said.status != "OK" && said.status != "PARTIAL_DELETE" {
		return true
	}
	switch in.Kind {
	case "read-volume":
		return shown.Owner != nil && *shown.Owner == said.owner
	case "read-key", "look-up-key":
		return shown.Content != nil && *shown.Content == said.value
	case "list-buckets", "list-keys", "list-keys-light":
		if shown.Page == nil || len(*shown.Page) != len(said.page) {
			return false
		}
		for at, one := range *shown.Page {
			name := said.page[at].place.key
			if in.Kind == "list-buckets" {
				name = said.page[at].place.bucket
			}
			if one.Name != name || one.Content != nil && *one.Content != said.page[at].value {
				return false
			}
		}
	case "delete-keys":
		left := slices.Clone(shown.Left)
		slices.Sort(left)
		slices.Sort(said.left)
		return slices.Equal(slices.Compact(left), said.left)
	}
	return true
}

func answer(s state, in *input) (reply, state) {
	volume := place{in.Volume, "", ""}
	owner, exists := s.value(volume)
	if in.Kind == "create-volume" {
		if exists {
			return reply{status: "VOLUME_ALREADY_EXISTS"}, s
		}
		return reply{status: "OK"}, s.with(volume, in.Owner)
	}
	if !exists {
		return reply{status: "VOLUME_NOT_FOUND"}, s
	}
	switch in.Kind {
	case "set-owner":
		return reply{status: "OK"}, s.with(volume, in.Owner)
	case "read-volume":
		return reply{status: "OK", owner: owner}, s
	case "delete-volume":
		for _, e := range s {
			if e.place.volume == in.Volume && e.place.bucket != "" {
				return reply{status: "VOLUME_NOT_EMPTY"}, s
			}
		}
		return reply{status: "OK"}, s.without(volume)
	case "list-buckets":
		page := pageOf(s, in, func(p place) (string, bool) {
			return p.bucket, p.volume == in.Volume && p.bucket != "" && p.key == ""
		})
		return reply{status: "OK", page: page}, s
	}
	return inVolume(s, in)
}

func inVolume(s state, in *input) (reply, state) {
	bucket := place{in.Volume, in.Bucket, ""}
	exists := s.has(bucket)
	if in.Kind == "create-bucket" {
		if exists {
			return reply{status: "BUCKET_ALREADY_EXISTS"}, s
		}
		return reply{status: "OK"}, s.with(bucket, "there")
	}
	if !exists {
		return reply{status: "BUCKET_NOT_FOUND"}, s
	}
	inIt := func(p place) (string, bool) {
		return p.key, p.volume == in.Volume && p.bucket == in.Bucket && p.key != ""
	}
	key := place{in.Volume, in.Bucket, in.Key}
	value, found := s.value(key)
	switch in.Kind {
	case "delete-bucket":
		for _, e := range s {
			if _, is := inIt(e.place); is {
				return reply{status: "BUCKET_NOT_EMPTY"}, s
			}
		}
		return reply{status: "OK"}, s.without(bucket)
	case "list-keys", "list-keys-light":
		return reply{status: "OK", page: pageOf(s, in, inIt)}, s
	case "commit-key":
		return reply{status: "OK"}, s.with(key, in.Content)
	case "delete-keys":
		return batch(s, in)
	case "rename-key":
		if s.has(place{in.Volume, in.Bucket, in.To}) {
			return reply{status: "KEY_ALREADY_EXISTS"}, s
		}
		if !found {
			return reply{status: "KEY_NOT_FOUND"}, s
		}
		return reply{status: "OK"}, s.without(key).with(place{in.Volume, in.Bucket, in.To}, value)
	case "read-key", "look-up-key", "delete-key":
		if !found {
			return reply{status: "KEY_NOT_FOUND"}, s
		}
		if in.Kind == "delete-key" {
			return reply{status: "OK"}, s.without(key)
		}
		return reply{status: "OK", value: value}, s
	}
	// Of a bucket that is there: it is read, or a session is opened in it.
	return reply{status: "OK"}, s
}

func batch(s state, in *input) (reply, state) {
	var left []string
	after := s
	for _, name := range in.Keys {
		key := place{in.Volume, in.Bucket, name}
		switch {
		case after.has(key):
			after = after.without(key)
		case !s.has(key):
			left = append(left, name)
		}
	}
	if len(left) == 0 {
		return reply{status: "OK"}, after
	}
	return reply{status: "PARTIAL_DELETE", left: left}, after
}

func pageOf(s state, in *input, name func(place) (string, bool)) []entry {
	var page []entry
	for _, e := range s {
		if len(page) == in.Count {
			break
		}
		if own, is := name(e.place); is && strings.HasPrefix(own, in.Prefix) && (in.After == "" || own > in.After) {
			page = append(page, e)
		}
	}
	return page
}
