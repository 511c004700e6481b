/** The faults that are injected: into nodes, PostgreSQL, disks, folders and connections. Each can be undone. */
@NullMarked
package dev.bes.testbench.chaos.fault;

import org.jspecify.annotations.NullMarked;
