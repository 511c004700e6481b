/** The Batch Execution Service: jobs, their queue and the four operations on them. */
@NullMarked
package dev.bes.sandbox.bes;

import org.jspecify.annotations.NullMarked;
