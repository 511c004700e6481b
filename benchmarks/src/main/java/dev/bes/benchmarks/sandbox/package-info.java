/** The sandbox as a process of its own, and calls of it. */
@NullMarked
package dev.bes.benchmarks.sandbox;

import org.jspecify.annotations.NullMarked;
