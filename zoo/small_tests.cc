#include "zoo/small_tests.h"

#include "zoo/builder.h"

namespace cortado::zoo {

Result<ir::Graph> build_qadd(Weights& weights) {
  Builder net(weights);
  ir::Value* a = net.input("a", {13, 3});
  return net.finish({net.add(a, a, "add")});
}

Result<ir::Graph> build_qadd2(Weights& weights) {
  Builder net(weights);
  ir::Value* a = net.input("a", {13, 7, 3});
  ir::Value* b = net.input("b", {13, 7, 3});
  ir::Value* p = net.add(a, a, "p");
  ir::Value* q = net.add(b, b, "q");
  return net.finish({p, q, net.add(p, q, "r")});
}

Result<ir::Graph> build_qops(Weights& weights) {
  Builder net(weights);
  ir::Value* w = net.input("w", {3, 1, 2});
  ir::Value* x = net.input("x", {3, 5, 2});
  ir::Value* y = net.input("y", {3, 5, 1});
  ir::Value* z = net.input("z", {3, 5, 2});
  ir::Value* o1 = net.subtract(w, x, "o1");
  ir::Value* o2 = net.add(o1, y, "o2");
  return net.finish({o1, o2, net.multiply(o2, z, "o3")});
}

Result<ir::Graph> build_qlinear(Weights& weights) {
  Builder net(weights);
  ir::Value* x = net.input("x", {8, 61});
  return net.finish({net.linear(x, "linear", 37)});
}

}  // namespace cortado::zoo
