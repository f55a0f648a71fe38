package main

import "github.com/anishathalye/porcupine"

// Operations that no chain of common places joins can be judged apart.
func partition(h *history, operations []porcupine.Operation) [][]porcupine.Operation {
	keys := map[place]map[place]bool{}
	buckets := map[string]map[place]bool{}
	for _, e := range h.initial {
		if e.place.bucket != "" {
			note(buckets, e.place.volume, e.place)
		}
	}
	for _, one := range operations {
		r := one.Input.(*input).request
		if r.Bucket == "" {
			continue
		}
		note(buckets, r.Volume, bucketOf(r))
		for _, key := range keysOf(r) {
			note(keys, bucketOf(r), key)
		}
	}
	parent := map[place]place{}
	var root func(place) place
	root = func(p place) place {
		if up, found := parent[p]; found && up != p {
			parent[p] = root(up)
			return parent[p]
		}
		return p
	}
	about := make([][]place, len(operations))
	for at, one := range operations {
		about[at] = placesOf(h, one.Input.(*input).request, keys, buckets)
		for _, other := range about[at][1:] {
			parent[root(other)] = root(about[at][0])
		}
	}
	index := map[place]int{}
	var parts [][]porcupine.Operation
	for at, one := range operations {
		top := root(about[at][0])
		part, found := index[top]
		if !found {
			part = len(parts)
			index[top] = part
			parts = append(parts, nil)
		}
		parts[part] = append(parts[part], one)
	}
	return parts
}

func placesOf(h *history, r request, keys map[place]map[place]bool, buckets map[string]map[place]bool) []place {
	volume, bucket := place{r.Volume, "", ""}, bucketOf(r)
	var places []place
	switch r.Kind {
	case "create-volume", "set-owner", "read-volume":
		return []place{volume}
	case "delete-volume", "list-buckets":
		places = append(places, volume)
		for one := range buckets[r.Volume] {
			places = append(places, one)
		}
	case "create-bucket", "read-bucket":
		places = append(places, bucket)
	case "delete-bucket", "list-keys", "list-keys-light":
		places = append(places, bucket)
		for one := range keys[bucket] {
			places = append(places, one)
		}
	default:
		places = keysOf(r)
		if h.coming[bucket] {
			places = append(places, bucket)
		}
	}
	if h.coming[volume] {
		places = append(places, volume)
	}
	return places
}

func keysOf(r request) []place {
	var names []string
	switch r.Kind {
	case "open-key", "commit-key", "read-key", "look-up-key", "delete-key":
		names = []string{r.Key}
	case "rename-key":
		names = []string{r.Key, r.To}
	case "delete-keys":
		names = r.Keys
	}
	places := make([]place, 0, len(names)+2)
	for _, name := range names {
		places = append(places, place{r.Volume, r.Bucket, name})
	}
	return places
}

func note[K comparable](sets map[K]map[place]bool, name K, value place) {
	if sets[name] == nil {
		sets[name] = map[place]bool{}
	}
	sets[name][value] = true
}
