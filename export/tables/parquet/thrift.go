package parquet

import "encoding/binary"

// The types of Thrift's compact protocol.
const (
	typeI32    = 5
	typeI64    = 6
	typeBinary = 8
	typeList   = 9
	typeStruct = 12
)

// message is a struct in Thrift's compact protocol that is being written. A
// field has to be written after those with lower numbers.
type message struct {
	out  []byte
	last []int // the field written last in each struct that is open
}

// begin begins a struct: the message itself, an element of a list, or what field has begun.
func (m *message) begin() { m.last = append(m.last, 0) }

// end ends the struct begun last.
func (m *message) end() {
	m.out = append(m.out, 0)
	m.last = m.last[:len(m.last)-1]
}

func (m *message) field(id, kind int) {
	last := &m.last[len(m.last)-1]
	m.out = append(m.out, byte((id-*last)<<4|kind)) // no field of ours is 16 or more behind the one before
	*last = id
}

func (m *message) varint(v uint64) { m.out = binary.AppendUvarint(m.out, v) }

func (m *message) number(v int64) { m.varint(uint64(v)<<1 ^ uint64(v>>63)) }

func (m *message) i32(id int, v int) {
	m.field(id, typeI32)
	m.number(int64(v))
}

func (m *message) i64(id int, v int64) {
	m.field(id, typeI64)
	m.number(v)
}

func (m *message) bytes(v string) {
	m.varint(uint64(len(v)))
	m.out = append(m.out, v...)
}

func (m *message) binary(id int, v string) {
	m.field(id, typeBinary)
	m.bytes(v)
}

// structure writes a struct as a field.
func (m *message) structure(id int, fields func()) {
	m.field(id, typeStruct)
	m.begin()
	fields()
	m.end()
}

// list begins a list of n elements of a type, which come after it.
func (m *message) list(id, kind, n int) {
	m.field(id, typeList)
	if n < 15 {
		m.out = append(m.out, byte(n<<4|kind))
		return
	}
	m.out = append(m.out, byte(15<<4|kind))
	m.varint(uint64(n))
}
