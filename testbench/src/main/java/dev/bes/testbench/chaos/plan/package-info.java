/** What a run of the chaos test does and when: all of it drawn from one seed beforehand, then carried out. */
@NullMarked
package dev.bes.testbench.chaos.plan;

import org.jspecify.annotations.NullMarked;
