/** A PostgreSQL that can be stopped, killed and started again in place. */
@NullMarked
package dev.bes.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
