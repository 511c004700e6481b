/** Emulates the remote services of the orchestrator on one machine: managed API, BES, RRS and blob store. */
@NullMarked
package dev.bes.sandbox;

import org.jspecify.annotations.NullMarked;
