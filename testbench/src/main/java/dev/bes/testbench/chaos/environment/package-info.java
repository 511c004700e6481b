/**
 * The system under test: PostgreSQL, the sandbox and the nodes, each behind proxies, disks and clocks that can fail.
 */
@NullMarked
package dev.bes.testbench.chaos.environment;

import org.jspecify.annotations.NullMarked;
