/** The orchestrator's REST API as the demo calls it. */
@NullMarked
package dev.bes.testbench.demo.client;

import org.jspecify.annotations.NullMarked;
