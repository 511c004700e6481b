/** The web services of a workspace, as Machine Learning Studio's management endpoint lists them. */
@NullMarked
package dev.bes.sandbox.workspace;

import org.jspecify.annotations.NullMarked;
