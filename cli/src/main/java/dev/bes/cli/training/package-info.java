/** The run from which the cache of classes is made. */
@NullMarked
package dev.bes.cli.training;

import org.jspecify.annotations.NullMarked;
