package gazetteer

import "math"

// spread says where the middle of an area is from the towns in it. Each cell
// of half a degree that has a town counts once, so that a crowded corner does
// not draw the middle to itself. The zero spread is empty.
type spread struct {
	cells map[[2]int][3]float64
}

func (s *spread) add(lat, lon float64) {
	if s.cells == nil {
		s.cells = map[[2]int][3]float64{}
	}
	key := [2]int{int(math.Floor(lat * 2)), int(math.Floor(lon * 2))}
	c := s.cells[key]
	s.cells[key] = [3]float64{c[0] + lat, c[1] + lon, c[2] + 1}
}

// middle is the mean of the cells' means as directions from the earth's centre.
func (s *spread) middle() (lat, lon float64) {
	// Added in whole millionths, so that the order of the cells does not matter.
	var x, y, z int64
	for _, c := range s.cells {
		a, o := c[0]/c[2]*math.Pi/180, c[1]/c[2]*math.Pi/180
		x += int64(math.Cos(a) * math.Cos(o) * 1e6)
		y += int64(math.Cos(a) * math.Sin(o) * 1e6)
		z += int64(math.Sin(a) * 1e6)
	}
	return math.Atan2(float64(z), math.Hypot(float64(x), float64(y))) * 180 / math.Pi, math.Atan2(float64(y), float64(x)) * 180 / math.Pi
}
