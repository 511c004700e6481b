/** What every kind of job needs to score blobs: opened inputs and outputs, and what a store refuses. */
@NullMarked
package dev.bes.sandbox.scoring;

import org.jspecify.annotations.NullMarked;
