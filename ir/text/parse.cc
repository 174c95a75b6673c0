#include <unordered_map>

#include "ir/text/parse_pieces.h"

namespace cortado::ir {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : reader_(text) {}

  Result<Graph> whole() {
    reader_.skip_empty_lines();
    CORTADO_CHECK(reader_.expect("graph"));
    CORTADO_TRY(graph_.method_name, reader_.quoted());
    CORTADO_CHECK(reader_.end_of_line());
    while (!reader_.at_end()) {
      CORTADO_CHECK(line());
      CORTADO_CHECK(reader_.end_of_line());
    }
    return std::move(graph_);
  }

 private:
  Status line() {
    if (reader_.accept("input_spec")) return spec(graph_.input_spec);
    if (reader_.accept("output_spec")) return spec(graph_.output_spec);
    if (reader_.accept("input")) return input();
    if (reader_.accept("constant")) return constant(ValueKind::constant);
    if (reader_.accept("state")) return constant(ValueKind::state);
    if (reader_.accept("scratch")) return scratch();
    if (reader_.accept("mutate")) return mutation();
    if (reader_.accept("output")) return output();
    return node();
  }

  Status spec(std::string& to) {
    CORTADO_TRY(to, reader_.quoted());
    return {};
  }

  // %name [: type]
  Result<std::string> new_name() {
    CORTADO_TRY(std::string name, reader_.value_name());
    if (values_.count(name) != 0) return reader_.error("a new name, not '" + name + "',");
    return name;
  }
  Result<Type> type() {
    CORTADO_CHECK(reader_.expect(":"));
    return parse_type(reader_);
  }
  Result<Value*> known() {
    CORTADO_TRY(const std::string name, reader_.value_name());
    return find(name);
  }
  Result<Value*> find(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) return reader_.error("a value that is defined above, not '" + name + "',");
    return found->second;
  }

  Status input() {
    CORTADO_TRY(std::string name, new_name());
    CORTADO_TRY(Type has, type());
    values_[name] = graph_.add_input(name, std::move(has));
    return {};
  }

  Status constant(ValueKind kind) {
    CORTADO_TRY(std::string name, new_name());
    std::string source;
    if (reader_.next_is("\"")) {
      CORTADO_TRY(source, reader_.quoted());
    }
    CORTADO_TRY(Type has, type());
    CORTADO_CHECK(reader_.expect("="));
    CORTADO_TRY(Tensor data, parse_data(reader_, has));
    Value* value = kind == ValueKind::state ? graph_.add_state(name, std::move(data), source)
                                            : graph_.add_constant(name, std::move(data), source);
    value->type = std::move(has);
    values_[name] = value;
    return {};
  }

  Status scratch() {
    CORTADO_TRY(std::string name, new_name());
    CORTADO_TRY(Type has, type());
    Value* value = graph_.add_scratch(name, 0);
    value->type = std::move(has);
    values_[name] = value;
    return {};
  }

  Status mutation() {
    CORTADO_TRY(Value* target, known());
    CORTADO_CHECK(reader_.expect("="));
    CORTADO_TRY(Value* value, known());
    graph_.add_mutation(*target, *value);
    return {};
  }

  Status output() {
    CORTADO_TRY(Value* value, known());
    CORTADO_TRY(std::string name, reader_.quoted());
    graph_.add_output(*value, std::move(name));
    return {};
  }

  // %a : type, %b : type = op(name=argument, …) [name "n"] [from "file" line "code"] [in "module"] [note "text"]
  Status node() {
    std::vector<std::string> names;
    std::vector<Type> types;
    while (reader_.next_is("%")) {
      CORTADO_TRY(names.emplace_back(), new_name());
      CORTADO_TRY(types.emplace_back(), type());
      if (!reader_.accept(",")) break;
    }
    CORTADO_CHECK(reader_.expect("="));
    CORTADO_TRY(std::string op, reader_.bare("an operator"));
    CORTADO_TRY(auto arguments, this->arguments());
    std::string name = names.empty() ? op : names[0];
    if (reader_.accept("name")) {
      CORTADO_TRY(name, reader_.quoted());
    }
    CORTADO_TRY(Source source, this->source());
    // A first name that no text has, so that renaming one result cannot meet another's.
    Node* added = graph_.append(std::move(op), "\x01", std::move(arguments), std::move(types), std::move(source));
    added->name = std::move(name);
    return rename(*added, names);
  }

  Result<std::vector<NamedArgument>> arguments() {
    std::vector<NamedArgument> list;
    CORTADO_CHECK(reader_.expect("("));
    if (reader_.accept(")")) return list;
    do {
      CORTADO_TRY(std::string name, reader_.bare("an argument's name"));
      CORTADO_CHECK(reader_.expect("="));
      CORTADO_TRY(Argument value, parse_argument(reader_, [this](const std::string& text) { return find(text); }));
      list.push_back({std::move(name), std::move(value)});
    } while (reader_.accept(","));
    CORTADO_CHECK(reader_.expect(")"));
    return list;
  }

  Result<Source> source() {
    Source source;
    if (reader_.accept("from")) {
      CORTADO_TRY(source.file, reader_.quoted());
      CORTADO_TRY(const std::int64_t line, reader_.integer());
      source.line = static_cast<int>(line);
      CORTADO_TRY(source.code, reader_.quoted());
    }
    if (reader_.accept("in")) {
      CORTADO_TRY(source.module, reader_.quoted());
    }
    if (reader_.accept("note")) {
      CORTADO_TRY(source.custom, reader_.quoted());
    }
    return source;
  }

  Status rename(Node& node, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!values_.emplace(names[i], node.outputs[i]).second)
        return reader_.error("a new name, not '" + names[i] + "',");
      graph_.rename(*node.outputs[i], names[i]);
    }
    return {};
  }

  TextReader reader_;
  Graph graph_;
  std::unordered_map<std::string, Value*> values_;
};

}  // namespace

Result<Graph> parse_text(std::string_view text) { return Parser(text).whole(); }

}  // namespace cortado::ir
