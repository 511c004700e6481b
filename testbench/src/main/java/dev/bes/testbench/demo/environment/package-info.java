/** What the demo starts and stops, and the files it works on. */
@NullMarked
package dev.bes.testbench.demo.environment;

import org.jspecify.annotations.NullMarked;
