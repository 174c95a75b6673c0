// A loop whose iterations run on several threads. Host.
#pragma once

#include <cstddef>
#include <functional>

#include "support/result.h"

namespace cortado {

// 0 stands for the number of cores; never more than `count`, never 0.
std::size_t thread_count(std::size_t wanted, std::size_t count);

// Calls work(i, thread) once for every i in 0 … count − 1, in increasing order of their start; `thread` < `threads`
// tells which of the threads runs it, for scratch memory of its own. After an error no further iterations start. The
// error of the smallest i is returned, whatever the number of threads.
Status parallel_for(std::size_t count, std::size_t threads,
                    const std::function<Status(std::size_t i, std::size_t thread)>& work);

}  // namespace cortado
