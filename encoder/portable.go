package encoder

import "math"

// Products are rounded to float32 before they are added, here and in the rest
// of the package, because a processor that adds and multiplies in one step
// would give other last bits than one that does not.

// apply computes y = W x + b for each row of x, [rows, in], into y, [rows,
// out]. Each sum runs over the inputs in order, whatever is computed beside it.
func (l *linear) apply(y, x []float32) {
	rows := len(x) / l.in
	row := 0
	for ; row+4 <= rows; row += 4 {
		x0, x1 := x[row*l.in:][:l.in], x[(row+1)*l.in:][:l.in]
		x2, x3 := x[(row+2)*l.in:][:l.in], x[(row+3)*l.in:][:l.in]
		for col := range l.out {
			w := l.weight[col*l.in:][:l.in]
			var s0, s1, s2, s3 float32
			for k, wk := range w {
				s0 += float32(x0[k] * wk)
				s1 += float32(x1[k] * wk)
				s2 += float32(x2[k] * wk)
				s3 += float32(x3[k] * wk)
			}
			at, bias := row*l.out+col, l.bias[col]
			y[at], y[at+l.out], y[at+2*l.out], y[at+3*l.out] = s0+bias, s1+bias, s2+bias, s3+bias
		}
	}
	for ; row < rows; row++ {
		for col := range l.out {
			y[row*l.out+col] = dot(x[row*l.in:][:l.in], l.weight[col*l.in:][:l.in]) + l.bias[col]
		}
	}
}

// dot is the sum of the products of a and b in order.
func dot(a, b []float32) float32 {
	var s float32
	for k, v := range a {
		s += float32(v * b[k])
	}
	return s
}

// add adds x to y.
func add(y, x []float32) {
	for i, v := range x {
		y[i] += v
	}
}

// apply norms each row of x, in place.
func (n layerNorm) apply(x []float32, epsilon float32) {
	for ; len(x) > 0; x = x[len(n.weight):] {
		row := x[:len(n.weight)]
		var sum, square float32
		for _, v := range row {
			sum += v
		}
		mean := sum / float32(len(row))
		for _, v := range row {
			square += float32((v - mean) * (v - mean))
		}
		scale := 1 / float32(math.Sqrt(float64(square/float32(len(row))+epsilon)))
		for i, v := range row {
			row[i] = float32((v-mean)*scale*n.weight[i]) + n.bias[i]
		}
	}
}

// gelu is x Φ(x), Φ the distribution function of the normal distribution
// (Hendrycks and Gimpel 2016), of each number in place.
func gelu(x []float32) {
	for i, v := range x {
		x[i] = float32(float64(v) / 2 * math.Erfc(-float64(v)/math.Sqrt2))
	}
}
