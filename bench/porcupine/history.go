package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"

	"github.com/anishathalye/porcupine"
)

// The saved form: docs/schema/history.schema.json.

type header struct {
	Initial struct {
		Volumes []struct {
			Name    string   `json:"name"`
			Owner   string   `json:"owner"`
			Buckets []string `json:"buckets"`
		} `json:"volumes"`
	} `json:"initial"`
}

type call struct {
	Client    int      `json:"client"`
	BeganUs   string   `json:"beganUs"`
	EndedUs   string   `json:"endedUs"`
	Operation request  `json:"operation"`
	Outcome   *outcome `json:"outcome"`
}

type request struct {
	Kind    string   `json:"kind"`
	Volume  string   `json:"volume"`
	Bucket  string   `json:"bucket"`
	Key     string   `json:"key"`
	To      string   `json:"to"`
	Owner   string   `json:"owner"`
	Content string   `json:"content"`
	Keys    []string `json:"keys"`
	Prefix  string   `json:"prefix"`
	After   string   `json:"after"`
	Count   int      `json:"count"`
}

type outcome struct {
	Kind   string `json:"kind"`
	Status string `json:"status"`
	Shown  struct {
		Owner   *string  `json:"owner"`
		Content *string  `json:"content"`
		Page    *[]named `json:"page"`
		Left    []string `json:"left"`
	} `json:"shown"`
}

type named struct {
	Name    string  `json:"name"`
	Content *string `json:"content"`
}

type history struct {
	initial    state
	operations []porcupine.Operation
	// Volumes and buckets that come or go.
	coming map[place]bool
}

func readHistory(name string) (*history, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	var first header
	var calls []call
	for at := 0; lines.Scan(); at++ {
		if at == 0 {
			if err := json.Unmarshal(lines.Bytes(), &first); err != nil {
				return nil, err
			}
			continue
		}
		var one call
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		// The last line has none.
		if one.Outcome != nil {
			calls = append(calls, one)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return prepare(first, calls)
}

var reads = map[string]bool{
	"read-volume": true, "read-bucket": true, "list-buckets": true, "read-key": true, "look-up-key": true,
	"list-keys": true, "list-keys-light": true,
}

func prepare(first header, calls []call) (*history, error) {
	result := &history{coming: map[place]bool{}}
	for _, volume := range first.Initial.Volumes {
		result.initial = result.initial.with(place{volume.Name, "", ""}, volume.Owner)
		for _, bucket := range volume.Buckets {
			result.initial = result.initial.with(place{volume.Name, bucket, ""}, "there")
		}
	}
	opened := map[string]int64{}
	type span struct{ from, to int64 }
	gone := map[place][]span{}
	for _, one := range calls {
		from, to, err := times(one)
		if err != nil {
			return nil, err
		}
		switch one.Operation.Kind {
		case "create-volume", "delete-volume":
			result.coming[place{one.Operation.Volume, "", ""}] = true
		case "create-bucket":
			result.coming[bucketOf(one.Operation)] = true
		case "delete-bucket":
			result.coming[bucketOf(one.Operation)] = true
			if one.Outcome.Kind == "unknown" || one.Outcome.Kind == "answered" && one.Outcome.Status == "OK" {
				gone[bucketOf(one.Operation)] = append(gone[bucketOf(one.Operation)], span{from, to})
			}
		case "open-key":
			opened[one.Operation.Content] = from
		}
	}
	for _, one := range calls {
		if one.Outcome.Kind == "failed" {
			continue
		}
		kind := one.Operation.Kind
		if one.Outcome.Kind == "unknown" && (reads[kind] || kind == "open-key") {
			continue
		}
		from, to, err := times(one)
		if err != nil {
			return nil, err
		}
		input := &input{request: one.Operation}
		if kind == "commit-key" {
			for _, deletion := range gone[bucketOf(one.Operation)] {
				if deletion.from <= to && deletion.to >= opened[one.Operation.Content] {
					input.sessionMayBeGone = true
				}
			}
		}
		output := one.Outcome
		if output.Kind == "unknown" {
			output = nil
		}
		result.operations = append(result.operations, porcupine.Operation{
			ClientId: one.Client, Input: input, Call: from, Output: output, Return: to,
		})
	}
	sort.SliceStable(result.operations, func(a, b int) bool {
		return result.operations[a].Call < result.operations[b].Call
	})
	return result, nil
}

// What is not known to have ended may happen at any time.
func times(one call) (int64, int64, error) {
	from, err := strconv.ParseInt(one.BeganUs, 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("beganUs: %w", err)
	}
	if one.Outcome.Kind == "unknown" {
		return from, math.MaxInt64, nil
	}
	to, err := strconv.ParseInt(one.EndedUs, 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("endedUs: %w", err)
	}
	return from, to, nil
}

func bucketOf(r request) place { return place{r.Volume, r.Bucket, ""} }
