/** What tries the product: the demo, the chaos test and its checker. */
@NullMarked
package dev.bes.testbench;

import org.jspecify.annotations.NullMarked;
