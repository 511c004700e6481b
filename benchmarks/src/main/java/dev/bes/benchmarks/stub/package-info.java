/** A remote side in memory that is as quick as can be: the Batch Execution Service and a blob store. */
@NullMarked
package dev.bes.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
