/** What tries the product: the demonstration, the chaos test and the checker that judges what it leaves behind. */
@NullMarked
package dev.bes.testbench;

import org.jspecify.annotations.NullMarked;
