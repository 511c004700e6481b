/** Runs the policies of the managed API on a call. */
@NullMarked
package dev.bes.sandbox.gateway.policy;

import org.jspecify.annotations.NullMarked;
