#include "compiler/import/sizes.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

const std::map<std::string, std::int64_t> symbols = {{"s0", 6}, {"s1", -7}};

TEST(Sizes, ExpressionsAreEvaluated) {
  EXPECT_EQ(evaluate_expression("Integer(-3)", {}), -3);
  EXPECT_EQ(evaluate_expression("Symbol('s0', positive=True, integer=True)", symbols), 6);
  EXPECT_EQ(evaluate_expression("Add(Mul(Integer(2), Symbol('s0', integer=True)), Integer(1))", symbols), 13);
  EXPECT_EQ(evaluate_expression("Pow(Symbol('s0'), Integer(2))", symbols), 36);
  EXPECT_EQ(evaluate_expression("FloorDiv(Symbol('s1'), Integer(2))", symbols), -4);
  EXPECT_EQ(evaluate_expression("Mod(Symbol('s1'), Integer(2))", symbols), 1);
  EXPECT_EQ(evaluate_expression("Max(Integer(1), Symbol('s0'))", symbols), 6);
}

TEST(Sizes, WhatIsNotUnderstoodIsNotGuessed) {
  for (const char* text : {"", "Symbol('s9')", "Sin(Integer(1))", "Add(Integer(1)", "Add(Integer(1), )", "Integer(1))",
                           "Integer(99999999999999999999)", "FloorDiv(Integer(1), Integer(0))", "Symbol(s0)", "Add()",
                           "Mul(Integer(9223372036854775807), Integer(2))", "Pow(Integer(2), Integer(-1))"})
    EXPECT_EQ(evaluate_expression(text, symbols), std::nullopt) << text;
  EXPECT_EQ(evaluate_expression(std::string(100000, '('), symbols), std::nullopt);
}

TEST(Sizes, AFixedSymbolReplacesTheExample) {
  const formats::Json size = {{"as_expr", {{"expr_str", "Symbol('s0', positive=True)"}, {"hint", {{"as_int", 2}}}}}};
  EXPECT_EQ(Sizes::symbol(&size), "s0");
  Sizes sizes;
  EXPECT_EQ(sizes.size(&size).value(), 2);  // the example, for want of better
  sizes.fix("s0", 8);
  EXPECT_EQ(sizes.size(&size).value(), 8);
  const formats::Json unknown = {{"as_expr", {{"expr_str", "Log(Symbol('s0'))"}, {"hint", {{"as_int", 2}}}}}};
  EXPECT_FALSE(sizes.size(&unknown));
}

}  // namespace
}  // namespace cortado::compiler
