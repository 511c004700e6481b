/** Azure Machine Learning's batch endpoints: invoke, the jobs of an endpoint, and what Azure Resource Manager says of both. */
@NullMarked
package dev.bes.sandbox.batchendpoints;

import org.jspecify.annotations.NullMarked;
