package main

import "math"

// point is one example of a regression.
type point struct {
	facts []float32
	right float64
}

// chance is the logistic function of the weighted facts.
func chance(w []float64, facts []float32) float64 {
	sum := 0.0
	for i, f := range facts {
		sum += w[i] * float64(f)
	}
	return 1 / (1 + math.Exp(-sum))
}

// fit finds the weights of a logistic regression with a ridge penalty, but for
// that of the first fact, by Newton's method.
func fit(points []point, ridge float64) []float64 {
	n := len(points[0].facts)
	w := make([]float64, n)
	for range 8 {
		h := make([][]float64, n)
		for i := range h {
			h[i] = make([]float64, n+1)
			h[i][i] = ridge
			h[i][n] = -ridge * w[i]
		}
		h[0][0], h[0][n] = 1e-6, 0
		for _, x := range points {
			p := chance(w, x.facts)
			g, c := x.right-p, max(p*(1-p), 1e-6)
			for i, f := range x.facts {
				if f == 0 {
					continue
				}
				row, by := h[i], c*float64(f)
				row[n] += g * float64(f)
				for k := range i + 1 {
					row[k] += by * float64(x.facts[k])
				}
			}
		}
		for i := range n {
			for k := range i {
				h[k][i] = h[i][k]
			}
		}
		step := solve(h)
		for i := range w {
			w[i] += step[i]
		}
	}
	return w
}

// solve solves the equations whose coefficients are the rows of h, the
// constants last, by Gauss's elimination.
func solve(h [][]float64) []float64 {
	n := len(h)
	for i := range n {
		p := i
		for k := i + 1; k < n; k++ {
			if math.Abs(h[k][i]) > math.Abs(h[p][i]) {
				p = k
			}
		}
		h[i], h[p] = h[p], h[i]
		for k := i + 1; k < n; k++ {
			by := h[k][i] / h[i][i]
			for c := i; c <= n && by != 0; c++ {
				h[k][c] -= by * h[i][c]
			}
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = h[i][n]
		for c := i + 1; c < n; c++ {
			x[i] -= h[i][c] * x[c]
		}
		x[i] /= h[i][i]
	}
	return x
}
