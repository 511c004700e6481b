/** What the demo prints: tables, a live view, colours. */
@NullMarked
package dev.bes.testbench.demo.output;

import org.jspecify.annotations.NullMarked;
