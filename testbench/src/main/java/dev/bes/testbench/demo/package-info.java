/** The demo: the whole product on one machine, three triggers, and checks of the result. */
@NullMarked
package dev.bes.testbench.demo;

import org.jspecify.annotations.NullMarked;
