/** A proxy that stands between a node and one of its far sides and spoils what passes. */
@NullMarked
package dev.bes.testbench.proxy;

import org.jspecify.annotations.NullMarked;
