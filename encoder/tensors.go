package encoder

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// Tensor is an array of numbers in row-major order: Shape says how many there
// are of each dimension, outermost first.
type Tensor struct {
	Shape  []int
	Values []float32
}

// mostHeader bounds the JSON that a file of tensors begins with.
const mostHeader = 16 << 20

// ReadTensors reads a file in the safetensors format: the length of a header in
// eight bytes, the header in JSON, and the numbers. Tensors of float32 are
// returned by name, those of other types passed over.
func ReadTensors(r io.Reader) (map[string]Tensor, error) {
	var length uint64
	if err := binary.Read(r, binary.LittleEndian, &length); err != nil {
		return nil, fmt.Errorf("reading the length of the header of tensors: %w", err)
	}
	if length > mostHeader {
		return nil, fmt.Errorf("a header of tensors of %d bytes, more than %d", length, mostHeader)
	}
	header := make([]byte, length)
	if _, err := io.ReadFull(r, header); err != nil {
		return nil, fmt.Errorf("reading the header of tensors: %w", err)
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(header, &entries); err != nil {
		return nil, fmt.Errorf("reading the header of tensors: %w", err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading tensors: %w", err)
	}
	tensors := make(map[string]Tensor, len(entries))
	for name, raw := range entries {
		if name == "__metadata__" {
			continue
		}
		var entry struct {
			Type    string    `json:"dtype"`
			Shape   []int     `json:"shape"`
			Offsets [2]uint64 `json:"data_offsets"`
		}
		if err := json.Unmarshal(raw, &entry); err != nil {
			return nil, fmt.Errorf("reading what the header says of tensor %s: %w", name, err)
		}
		if entry.Type != "F32" {
			continue
		}
		from, to := entry.Offsets[0], entry.Offsets[1]
		if from > to || to > uint64(len(body)) {
			return nil, fmt.Errorf("tensor %s is at bytes %d to %d of %d", name, from, to, len(body))
		}
		count, data := 1, body[from:to]
		for _, n := range entry.Shape {
			if n < 0 || n > 0 && count > len(data)/n {
				return nil, fmt.Errorf("tensor %s of shape %v has %d bytes", name, entry.Shape, len(data))
			}
			count *= n
		}
		if len(data) != 4*count {
			return nil, fmt.Errorf("tensor %s of shape %v has %d bytes", name, entry.Shape, len(data))
		}
		values := make([]float32, count)
		for i := range values {
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
		tensors[name] = Tensor{Shape: entry.Shape, Values: values}
	}
	return tensors, nil
}
