/** The jobs of batch endpoints: what they are to do, how they run, what they score. */
@NullMarked
package dev.bes.sandbox.batchendpoints.job;

import org.jspecify.annotations.NullMarked;
