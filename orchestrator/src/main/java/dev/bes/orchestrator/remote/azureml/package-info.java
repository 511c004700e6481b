/** Calls Azure Machine Learning (v2): jobs under names of ours, and batch endpoints. */
@NamedInterface("azureml")
@NullMarked
package dev.bes.orchestrator.remote.azureml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
