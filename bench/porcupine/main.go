// Package main is a second judge of saved histories: Porcupine (github.com/anishathalye/porcupine) with models of the namespace
// that were written a second time, from the rules, for this purpose. It is given a file with the names of history files, one a line,
// and writes one line of JSON for each. It is part of no release.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

// A judge that takes longer than this says that it does not know. It is not kept where there is one thread only (wasm).
const limit = 20 * time.Second

type verdict struct {
	File    string  `json:"file"`
	Verdict string  `json:"verdict"`
	Millis  float64 `json:"ms"`
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "the file with the names of histories is missing")
		os.Exit(1)
	}
	names, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer names.Close()
	lines := bufio.NewScanner(names)
	for lines.Scan() {
		name := lines.Text()
		history, err := readHistory(name)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
		began := time.Now()
		result := porcupine.CheckOperationsTimeout(modelOf(history), history.operations, limit)
		took := time.Since(began)
		line, err := json.Marshal(verdict{name, words[result], float64(took.Microseconds()) / 1000})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Fprintf(out, "%s\n", line)
		out.Flush()
	}
}

var words = map[porcupine.CheckResult]string{
	porcupine.Ok:      "linearizable",
	porcupine.Illegal: "not linearizable",
	porcupine.Unknown: "unknown",
}
