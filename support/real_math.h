// Transcendental functions that give the same bits on every host and core: additions, multiplications, divisions and
// square roots of doubles in a fixed order, nothing from the C library. Host and target, C++17.
//
// Relative errors are below 1e-13, so that a result rounded to float is the nearest float but for the closest ties.
// Arguments outside the domain give NaN, poles infinities, as in C.
#pragma once

namespace cortado::real {

double exp(double x);
double expm1(double x);  // e^x − 1
double log(double x);    // natural
double log1p(double x);  // ln(1 + x)
double pow(double x, double y);
double sin(double x);  // |x| below 2^30; beyond, ever less accurate
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double atan2(double y, double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double asinh(double x);
double acosh(double x);
double atanh(double x);
double erf(double x);
double sigmoid(double x);  // 1 / (1 + e^−x)

}  // namespace cortado::real
