// What operators say about calls that PyTorch would refuse too, or that no program can make: one row a message.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "ir/text.h"
#include "ops/infer.h"

namespace cortado::ops {
namespace {

struct Misuse {
  const char* inputs;  // "x f32[2, 3]; i i64[2]"
  const char* call;
  const char* message;
};

void PrintTo(const Misuse& row, std::ostream* to) { *to << row.call << " on " << row.inputs; }

std::string graph_text(const Misuse& row) {
  std::string text = "graph \"forward\"\n";
  std::istringstream inputs(row.inputs);
  for (std::string input; std::getline(inputs, input, ';');) {
    input.erase(0, input.find_first_not_of(' '));
    const std::size_t space = input.find(' ');
    text += "  input %" + input.substr(0, space) + " : " + input.substr(space + 1) + "\n";
  }
  return text + "  %y : f32[1] = " + row.call + "\n  output %y \"y\"\n";
}

class Misuses : public testing::TestWithParam<Misuse> {};

TEST_P(Misuses, SayWhatIsWrong) {
  const auto graph = ir::parse_text(graph_text(GetParam()));
  ASSERT_TRUE(graph) << graph.error().text();
  const ir::Node& node = *graph.value().nodes().front();
  const auto definition = find_definition(node);
  ASSERT_TRUE(definition) << definition.error().text();
  const auto types = infer_types(*definition.value(), node);
  ASSERT_FALSE(types);
  EXPECT_EQ(types.error().fault, Fault::input);
  EXPECT_NE(types.error().text().find(GetParam().message), std::string::npos) << types.error().text();
  EXPECT_NE(types.error().text().find("node 'y' (aten::"), std::string::npos) << types.error().text();
}

// clang-format off: one line, one message
constexpr Misuse shapes[] = {
    {"x f32[2, 3]", "aten::view.default(self=%x, size=[4, 2])", "[2, 3] cannot be viewed as [4, 2]"},
    {"x f32[2, 3]", "aten::flatten.using_ints(self=%x, start_dim=1, end_dim=0)", "flatten starts after its end"},
    {"x f32[]", "aten::unflatten.int(self=%x, dim=0, sizes=[1, 1])", "a tensor of rank 0 cannot be unflattened"},
    {"x f32[2, 3]", "aten::expand.default(self=%x, size=[3])", "the wanted shape has fewer dimensions than the input"},
    {"x f32[2, 3]", "aten::expand.default(self=%x, size=[2, 4])", "the input does not stretch to the wanted shape"},
    {"x f32[2, 3]", "aten::repeat.default(self=%x, repeats=[2])", "there are fewer repeats than dimensions"},
    {"x f32[2, 3]; y0 f32[2, 4]", "aten::add.Tensor(self=%x, other=%y0)", "shapes [2, 3] and [2, 4] do not broadcast"},
    {"x f32[3]; s f32[2, 3]", "aten::copy.default(self=%x, src=%s)", "src does not stretch to the shape of self"},
    {"x f32[2, 2, 2]", "aten::t.default(self=%x)", "t() takes a tensor of rank 2 or less"},
    {"x f32[2, 3]", "aten::movedim.intlist(self=%x, source=[0, 1], destination=[0])", "source and destination differ in length"},
    {"x f32[2, 3]", "aten::movedim.intlist(self=%x, source=[0, 0], destination=[0, 1])", "a dimension is moved twice"},
    {"x f32[4, 4]", "aten::pixel_shuffle.default(self=%x, upscale_factor=2)", "needs an input of rank 3 or more and a positive factor"},
    {"x f32[1, 4, 4]", "aten::pixel_unshuffle.default(self=%x, downscale_factor=0)", "needs an input of rank 3 or more and a positive factor"},
    {"x f32[2, 3]", "aten::roll.default(self=%x, shifts=[1, 1], dims=[0])", "there must be one shift per dimension"},
    {"x f32[3]", "aten::tril.default(self=%x)", "the input must be a matrix"},
    {"x f32[2, 3]", "aten::rot90.default(self=%x, k=1, dims=[0])", "a plane has two dimensions"},
    {"x f32[2, 3]", "aten::rot90.default(self=%x, k=1, dims=[1, -1])", "a plane has two dimensions"},
    {"x f32[2, 3]", "aten::flip.default(self=%x, dims=[0, -2])", "a dimension is flipped twice"},
    {"x f32[2, 3]", "aten::diagonal.default(self=%x, dim1=1, dim2=-1)", "the diagonal needs two dimensions"},
    {"x f32[2, 3]", "aten::glu.default(self=%x)", "the dimension must have an even size"},
    {"x f32[2, 3]", "aten::permute.default(self=%x, dims=[0, 0])", "the dimensions are no permutation of the input's"},
    {"x f32[1, 6, 2, 2]", "aten::pixel_shuffle.default(self=%x, upscale_factor=2)", "the channels are not a multiple of the factor squared"},
    {"x f32[1, 1, 3, 4]", "aten::pixel_unshuffle.default(self=%x, downscale_factor=2)", "height or width is not a multiple of the factor"},
    {"x f32[1, 5, 2, 2]", "aten::channel_shuffle.default(self=%x, groups=2)", "the groups must divide the channels"},
    {"x f32[2, 3]", "aten::permute.default(self=%x, dims=[0, 2])", "dimension 2 is out of range for rank 2"},
    {"x f32[2, 3]", "aten::sum.dim_IntList(self=%x, dim=[1, -1])", "dimension -1 is named twice"},
    {"x f32[2, 3]", "aten::repeat.default(self=%x, repeats=[1, -1])", "the repeats are negative or too large"},
    {"x f32[2, 3]", "aten::repeat_interleave.self_int(self=%x, repeats=-1, dim=0)", "the repeats are negative or too large"},
    {"x f32[70000, 1]", "aten::expand.default(self=%x, size=[70000, 70000])", "its result is too large"},
    {"x f32[2, 3]", "aten::constant_pad_nd.default(self=%x, pad=[1, 1, 1])", "the padding does not fit the input's rank"},
    {"x f32[1, 2, 3]", "aten::reflection_pad1d.default(self=%x, padding=[3, 0])", "the padding is too large"},
    {"x f32[2, 3]", "aten::constant_pad_nd.default(self=%x, pad=[-4, 0])", "the padding cuts off more than there is"},
    {"x f32[2, 3]", "aten::constant_pad_nd.default(self=%x, pad=[-2, -2])", "the padding cuts off more than there is"},
    {"x f32[2, 3]", "aten::pad.default(self=%x, pad=[1, 1], mode=\"mirror\")", "the padding mode 'mirror' is not known"},
    {"x f32[2, 3]", "aten::hstack.default(tensors=[])", "there is nothing to join"},
    {"x f32[2, 3]", "aten::column_stack.default(tensors=[])", "there is nothing to join"},
    {"x f32[2, 3]", "aten::cat.default(tensors=[])", "the list of tensors is empty"},
    {"x f32[]", "aten::cat.default(tensors=[%x, %x])", "tensors of rank 0 cannot be put together"},
    {"x f32[2, 3]; z f32[3, 3]", "aten::cat.default(tensors=[%x, %z], dim=1)", "the tensors differ in another dimension than the one given"},
    {"x f32[9223372036854775807, 0]", "aten::cat.default(tensors=[%x, %x])", "the result is too large"},
    {"x f32[2, 3]; z f32[3, 3]", "aten::stack.default(tensors=[%x, %z])", "the tensors differ in shape"},
    {"x f32[2, 3]", "aten::meshgrid.default(tensors=[%x])", "the tensors must be vectors"},
};
constexpr Misuse parts[] = {
    {"x f32[]", "aten::slice.Tensor(self=%x)", "a tensor of rank 0 cannot be sliced"},
    {"x f32[4]", "aten::slice.Tensor(self=%x, step=0)", "the step of a slice must be positive"},
    {"x f32[]", "aten::select.int(self=%x, dim=0, index=0)", "a tensor of rank 0 has no dimension to select from"},
    {"x f32[4]", "aten::select.int(self=%x, dim=0, index=4)", "the index is outside the dimension"},
    {"x f32[]", "aten::narrow.default(self=%x, dim=0, start=0, length=1)", "a tensor of rank 0 cannot be narrowed"},
    {"x f32[4]", "aten::narrow.default(self=%x, dim=0, start=2, length=3)", "start and length reach outside the dimension"},
    {"x f32[]", "aten::split.Tensor(self=%x, split_size=1)", "a tensor of rank 0 cannot be split"},
    {"x f32[]", "aten::split_with_sizes.default(self=%x, split_sizes=[1])", "a tensor of rank 0 cannot be split"},
    {"x f32[4]", "aten::split_with_sizes.default(self=%x, split_sizes=[3, 2])", "the parts do not fit the dimension"},
    {"x f32[4]", "aten::split_with_sizes.default(self=%x, split_sizes=[1, 2])", "the parts do not fill the dimension"},
    {"x f32[]", "aten::chunk.default(self=%x, chunks=2)", "a tensor of rank 0 cannot be split"},
    {"x f32[]", "aten::tensor_split.sections(self=%x, sections=2)", "a tensor of rank 0 cannot be split"},
    {"x f32[]", "aten::unbind.int(self=%x)", "a tensor of rank 0 cannot be unbound"},
    {"x f32[2, 3]; i i64[1, 1]", "aten::index_select.default(self=%x, dim=0, index=%i)", "the index must have rank 0 or 1"},
    {"x f32[4]; i i64[2]", "aten::embedding.default(weight=%x, indices=%i)", "the table must have rank 2"},
    {"x f32[2, 3]; i i64[2]", "aten::gather.default(self=%x, dim=0, index=%i)", "input and index differ in rank"},
    {"x f32[2, 3]; i i64[2]", "aten::take_along_dim.default(self=%x, indices=%i, dim=0)", "input and indices differ in rank"},
    {"x f32[2, 3]; i i64[2, 4]", "aten::gather.default(self=%x, dim=0, index=%i)", "the index is larger than the input"},
    {"x f32[2, 3]; m bool[2]", "aten::index.Tensor(self=%x, indices=[%m])", "an index by a mask has a result whose shape depends on the data"},
    {"x f32[2, 3]; i f32[2]", "aten::index.Tensor(self=%x, indices=[%i])", "an index must be of an integer type"},
    {"x f32[2]; i i64[2]", "aten::index.Tensor(self=%x, indices=[%i, %i])", "there are more indices than dimensions"},
    {"x f32[2, 3]; i i64[2]; s f32[2, 3]", "aten::scatter.src(self=%x, dim=0, index=%i, src=%s)", "the operands differ in rank"},
    {"x f32[2, 3]; i i64[2, 4]; s f32[2, 4]", "aten::scatter.src(self=%x, dim=0, index=%i, src=%s)", "the index is larger than the tensor"},
    {"x f32[2, 3]; i i64[2]; s f32[2, 4]", "aten::index_copy.default(self=%x, dim=0, index=%i, source=%s)", "the source does not have the shape of the slices"},
    {"x f32[4]", "aten::topk.default(self=%x, k=5)", "k is larger than the dimension"},
    {"x f32[]", "aten::topk.default(self=%x, k=0)", "k of a single number is 1"},
    {"x f32[4]", "aten::split.Tensor(self=%x, split_size=0)", "the size of the parts must be positive, and their number small"},
    {"x f32[4]", "aten::chunk.default(self=%x, chunks=0)", "the number of chunks must be positive and small"},
    {"x f32[4]", "aten::tensor_split.sections(self=%x, sections=0)", "the number of sections must be positive and small"},
    {"x f32[65537]", "aten::unbind.int(self=%x)", "the dimension is too large to unbind"},
    {"x f32[4]", "aten::unfold.default(self=%x, dimension=0, size=5, step=1)", "the window must fit the dimension, its step be positive"},
    {"x f32[4]", "aten::as_strided.default(self=%x, size=[2, 2], stride=[1])", "sizes and strides differ in number"},
    {"x f32[4]", "aten::as_strided.default(self=%x, size=[2, 2], stride=[3, 1])", "the strides reach outside the input"},
    {"x f32[2, 3]; i i64[2]; s f32[4]", "aten::index_put.default(self=%x, indices=[%i], values=%s)", "shapes [4] and [2, 3] do not broadcast"},
    {"x f32[2, 3]; i i64[1]; s f32[2, 3]", "aten::index_put.default(self=%x, indices=[%i], values=%s)", "the values do not stretch to the indexed shape"},
    {"x f32[2, 3]; s f32[2]", "aten::select_scatter.default(self=%x, src=%s, dim=0, index=0)", "src does not have the shape of the part it replaces"},
    {"i i64[2]", "aten::one_hot.default(self=%i)", "the number of classes depends on the data"},
    {"x f32[2]; z f32[3]", "aten::fill.Tensor(self=%x, value=%z)", "the value must be one number"},
    {"x f32[2]", "aten::linspace.default(start=0, end=1, steps=-1)", "the number of steps is negative"},
};
constexpr Misuse layers[] = {
    {"a f32[]; b f32[2]", "aten::matmul.default(self=%a, other=%b)", "a tensor of rank 0 is no matrix"},
    {"a f32[2, 3]; b f32[4, 2]", "aten::matmul.default(self=%a, other=%b)", "the inner dimensions differ: 3 and 4"},
    {"a f32[2, 3]; b f32[3, 2]", "aten::bmm.default(self=%a, mat2=%b)", "the operands must be of rank 3 and 3"},
    {"a f32[2, 3, 4]; b f32[1, 4, 2]", "aten::bmm.default(self=%a, mat2=%b)", "the batches differ"},
    {"c f32[3, 2, 2]; a f32[2, 3]; b f32[3, 2]", "aten::addmm.default(self=%c, mat1=%a, mat2=%b)", "the addend does not stretch to the product's shape"},
    {"x f32[1, 1, 2, 2]; w f32[1, 1, 3, 3]", "aten::conv2d.default(input=%x, weight=%w)", "the kernel is larger than the padded input"},
    {"x f32[1, 1, 2, 2]", "aten::avg_pool2d.default(self=%x, kernel_size=[3, 3])", "the kernel is larger than the padded input"},
    {"x f32[1, 1, 4, 4]", "aten::avg_pool2d.default(self=%x, kernel_size=[2, 2], divisor_override=0)", "the divisor is 0"},
    {"x f32[1, 1, 4, 4]", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2], stride=[0, 1])", "stride is out of range"},
    {"x f32[1, 1, 0, 4]", "aten::adaptive_avg_pool2d.default(self=%x, output_size=[1, 1])", "the input is empty"},
    {"x f32[2, 3]", "aten::upsample_nearest2d.default(self=%x, output_size=[4, 4])", "the input must have rank 4"},
    {"x f32[3, 8, 8]", "aten::im2col.default(self=%x, kernel_size=[3, 3], dilation=[1, 1], padding=[0, 0], stride=[1, 1])", "the input must have rank 4"},
    {"x f32[4]", "aten::group_norm.default(input=%x, num_groups=2)", "the input must have rank 2 or more"},
    {"q f32[4]; k f32[4, 4]", "aten::scaled_dot_product_attention.default(query=%q, key=%k, value=%k)", "query, key and value differ in rank"},
    {"q f32[4, 3]; k f32[4, 4]", "aten::scaled_dot_product_attention.default(query=%q, key=%k, value=%k)", "query, key and value do not fit each other"},
    {"x f32[4, 3]; h f32[1, 2]; w f32[2, 3]; u f32[2, 2]", "aten::rnn_tanh.input(input=%x, hx=%h, params=[%w, %u], has_biases=false, num_layers=2, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the number of weights does not fit the number of layers"},
    {"x f32[4, 3]; h f32[1, 3]; w f32[2, 3]; u f32[2, 2]", "aten::rnn_tanh.input(input=%x, hx=%h, params=[%w, %u], has_biases=false, num_layers=1, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the initial state does not have the shape of the layer"},
    {"x f32[3]; h f32[1, 2]; w f32[2, 3]; u f32[2, 2]", "aten::rnn_tanh.input(input=%x, hx=%h, params=[%w, %u], has_biases=false, num_layers=1, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the input must have rank 2 or 3"},
    {"x f32[0, 3]; h f32[1, 2]; w f32[2, 3]; u f32[2, 2]", "aten::rnn_tanh.input(input=%x, hx=%h, params=[%w, %u], has_biases=false, num_layers=1, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the sequence is empty or too long"},
    {"a f32[2, 3]; b f32[3, 2]", "aten::einsum.default(equation=\"...ij,jk\", tensors=[%a, %b])", "has an ellipsis"},
    {"a f32[2, 3]; b f32[3, 2]", "aten::einsum.default(equation=\"ij,jk->iz\", tensors=[%a, %b])", "has a label that no operand has"},
    {"a f32[2, 3]; b f32[4, 2]", "aten::einsum.default(equation=\"ij,jk->ik\", tensors=[%a, %b])", "the sizes of label 'j' differ"},
    {"x f32[1]", "aten::arange.start(start=3, end=1)", "the range is empty in this direction, or too long"},
    {"x f32[1]", "aten::eye.m(n=-1, m=2)", "the sizes are negative"},
    {"x f32[1, 2]", "aten::relu.default()", "lacks its argument 'self'"},
    {"x f32[1, 2]", "aten::relu.default(self=%x, inplace=true)", "has no argument 'inplace'"},
    {"x f32[1, 2]; w f32[3, 2]; b f32[4]", "aten::linear.default(input=%x, weight=%w, bias=%b)", "this does not hold: "},
    {"x f32[1, 1, 4, 4]; w f32[1, 1, 3, 3]", "aten::conv2d.default(input=%x, weight=%w, padding=[-1, 0])", "the padding must be non-negative, one number per spatial dimension"},
    {"x f32[1, 1, 4, 4]; w f32[1, 1, 3, 3]", "aten::conv2d.padding(input=%x, weight=%w, padding=\"full\")", "the padding 'full' is not known"},
    {"x f32[1, 1, 4, 4]; w f32[1, 1, 3, 3]", "aten::conv_transpose2d.input(input=%x, weight=%w, output_padding=[-1, 0])", "the output padding must be non-negative, one number per spatial dimension"},
    {"x f32[1, 1, 4, 4]; w f32[1, 1, 3, 3]", "aten::conv_transpose2d.input(input=%x, weight=%w, output_padding=[1, 1])", "the output padding must be smaller than the stride or the dilation"},
    {"x f32[1, 4, 4, 4]; w f32[3, 2, 1, 1]", "aten::conv2d.default(input=%x, weight=%w, groups=2)", "the groups do not divide the channels"},
    {"x f32[1, 3, 4, 4]; w f32[8, 4, 1, 1]", "aten::conv2d.default(input=%x, weight=%w)", "the input has 3 channels, the weight takes 4"},
    {"x f32[1, 1, 4, 4]; w f32[2, 1, 1, 1]; b f32[3]", "aten::conv2d.default(input=%x, weight=%w, bias=%b)", "the bias has another length than the output's channels"},
    {"x i64[1, 1, 4, 4]; w f32[1, 1, 1, 1]", "aten::conv2d.default(input=%x, weight=%w)", "input and weight must hold real numbers"},
    {"x f32[1, 1]; w f32[1, 1]", "aten::conv1d.default(input=%x, weight=%w)", "the weight must have 1, 2 or 3 spatial dimensions"},
    {"x f32[1, 4]; w f32[1, 1, 1, 1]", "aten::conv2d.default(input=%x, weight=%w)", "the ranks of input and weight do not match"},
    {"x f32[1, 1, 4, 4]; w f32[1, 1, 1, 1]", "aten::conv2d.default(input=%x, weight=%w, stride=[0, 1])", "stride and dilation must be positive"},
    {"x f32[1, 1, 4, 4]; w f32[1, 1, 0, 1]", "aten::conv2d.default(input=%x, weight=%w)", "the kernel is empty, or a size is too large"},
    {"x f32[4]", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2])", "the input must have 2 spatial dimensions and one or two before"},
    {"x f32[1, 1, 4, 3000000000]", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2])", "the input is too large"},
    {"x f32[1, 1, 4, 4]", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2, 2])", "kernel_size must have one number per spatial dimension"},
    {"x f32[1, 1, 4, 4]", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2], padding=[2, 2])", "the padding is more than half of the kernel"},
    {"x f32[1, 2, 3]", "aten::upsample_nearest2d.vec(input=%x, output_size=[1, 1], scale_factors=[])", "the input must have rank 4"},
    {"x f32[1, 1, 2, 3]", "aten::upsample_nearest2d.vec(input=%x, output_size=[1, 1, 1], scale_factors=[])", "the output size must have one number per spatial dimension"},
    {"x f32[1, 1, 2, 3]", "aten::upsample_nearest2d.vec(input=%x, output_size=[], scale_factors=[])", "neither output size nor scale is given"},
    {"x f32[1, 1, 0, 3]", "aten::upsample_nearest2d.vec(input=%x, output_size=[2, 2], scale_factors=[])", "the input or the output is empty or too large"},
    {"x f32[1, 1, 4, 4]", "aten::im2col.default(self=%x, kernel_size=[3], dilation=[1, 1, 1], padding=[0, 0], stride=[1, 1])", "the window has two numbers of each kind"},
    {"x f32[1, 1, 4, 4]", "aten::im2col.default(self=%x, kernel_size=[3, 0], dilation=[1, 1], padding=[0, 0], stride=[1, 1])", "the window's numbers are out of range"},
    {"x f32[1, 1, 4, 4]", "aten::im2col.default(self=%x, kernel_size=[3, 5], dilation=[1, 1], padding=[0, 0], stride=[1, 1])", "the window is larger than the image"},
    {"x f32[3]", "aten::_native_batch_norm_legit.no_stats(input=%x, weight=none, bias=none, training=true, momentum=0.1, eps=1e-05)", "the input must have rank 2 or more, weight and bias one number per channel"},
    {"x f32[2, 3]", "aten::layer_norm.default(input=%x, normalized_shape=[2])", "the normalised shape is not the input's last dimensions"},
    {"x f32[2, 3]; w f32[2]", "aten::layer_norm.default(input=%x, normalized_shape=[3], weight=%w)", "weight or bias do not have the normalised shape"},
    {"x f32[2, 3, 4]", "aten::group_norm.default(input=%x, num_groups=2)", "the groups do not divide the channels"},
    {"x f32[2, 4, 4]; w f32[2]", "aten::group_norm.default(input=%x, num_groups=2, weight=%w)", "weight or bias do not have one number per channel"},
    {"q f32[2, 4, 3]; k f32[3, 4, 3]", "aten::scaled_dot_product_attention.default(query=%q, key=%k, value=%k)", "query, key and value differ in their batches"},
    {"a f32[2, 3]; b f32[2, 4]; w f32[5, 4, 3]", "aten::bilinear.default(input1=%a, input2=%b, weight=%w)", "the weight must be [outputs, features of input1, features of input2]"},
    {"w f32[3]; g f32[3]", "aten::_weight_norm.default(v=%w, g=%g)", "the weight must have two dimensions or more"},
    {"x f32[2]", "aten::rrelu.default(self=%x, training=true)", "the model is not exported for inference"},
    {"a f32[2, 2]", "aten::einsum.default(equation=\"ii\", tensors=[%a])", "equation 'ii' repeats a label in one term"},
    {"a f32[2, 2]", "aten::einsum.default(equation=\"i1\", tensors=[%a])", "equation 'i1' is not one of labels"},
    {"a f32[2, 2]", "aten::einsum.default(equation=\"ij,jk\", tensors=[%a])", "the equation has another number of operands"},
    {"a f32[2, 2]", "aten::einsum.default(equation=\"ijk->k\", tensors=[%a])", "operand 0 does not have the rank of its term"},
    {"x f32[4, 3]; h f32[1, 2]; w f32[2, 3]; u f32[2]", "aten::rnn_tanh.input(input=%x, hx=%h, params=[%w, %u], has_biases=false, num_layers=1, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the weights must be matrices"},
    {"x f32[4, 3]; h f32[1, 2]; w f32[2, 3]; u f32[3, 2]", "aten::rnn_tanh.input(input=%x, hx=%h, params=[%w, %u], has_biases=false, num_layers=1, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the weights do not have the shape of the layer"},
    {"x f32[4, 3]; h f32[1, 2]; w f32[8, 3]; u f32[8, 2]", "aten::lstm.input(input=%x, hx=[%h], params=[%w, %u], has_biases=false, num_layers=1, dropout=0.0, train=false, bidirectional=false, batch_first=false)", "the initial state is missing"},
    {"x f32[1, 3]; h f32[1, 2]; w f32[2, 3]; u f32[2]", "aten::rnn_tanh_cell.default(input=%x, hx=%h, w_ih=%w, w_hh=%u)", "the weights must be matrices"},
    {"x f32[1, 3]; h f32[1, 2]; w f32[2, 3]; u f32[2, 2]; b f32[2]", "aten::rnn_tanh_cell.default(input=%x, hx=%h, w_ih=%w, w_hh=%u, b_ih=%b)", "one of the two biases is missing"},
    {"x f32[1, 3]; h f32[1, 2]; w f32[8, 3]; u f32[8, 2]", "aten::lstm_cell.default(input=%x, hx=[%h], w_ih=%w, w_hh=%u)", "the state is missing"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Shapes, Misuses, testing::ValuesIn(shapes));
INSTANTIATE_TEST_SUITE_P(Parts, Misuses, testing::ValuesIn(parts));
INSTANTIATE_TEST_SUITE_P(Layers, Misuses, testing::ValuesIn(layers));

}  // namespace
}  // namespace cortado::ops
