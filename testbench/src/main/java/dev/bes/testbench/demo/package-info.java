/** The demonstration: the whole product on one machine, three triggers, and a check of everything it shows. */
@NullMarked
package dev.bes.testbench.demo;

import org.jspecify.annotations.NullMarked;
