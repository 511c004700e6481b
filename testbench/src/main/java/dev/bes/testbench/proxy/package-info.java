/** A proxy between a node and a remote system that injects faults into the calls. */
@NullMarked
package dev.bes.testbench.proxy;

import org.jspecify.annotations.NullMarked;
