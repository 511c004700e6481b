/** Code samples: the text of a program that makes one call, in each of six languages. */
@NullMarked
package dev.bes.sandbox.samples;

import org.jspecify.annotations.NullMarked;
