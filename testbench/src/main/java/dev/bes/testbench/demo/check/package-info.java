/** The claims of the demo, each checked where the truth lies: the API, the disk, the journal. */
@NullMarked
package dev.bes.testbench.demo.check;

import org.jspecify.annotations.NullMarked;
