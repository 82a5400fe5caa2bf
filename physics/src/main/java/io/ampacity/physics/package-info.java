/**
 * How fast and how hot a model runs on a chip.
 *
 * <p>An engine iteration is a chain of kernels, so its time is a sum, each part a roofline with its own efficiency
 * (Williams 2009). {@link io.ampacity.physics.ServingPhysics} builds the model of a deployment; efficiencies come from
 * {@link io.ampacity.physics.EfficiencyTable}, fitted to measurements.
 *
 * <p>Symbols: T new tokens of an iteration, b decoding sequences, c their context tokens, n·(c + n/2) query-key pairs of a
 * prompt, t tensor and d data (attention) parallel, p pipeline stages, g = t·d chips of a stage; C peak arithmetic,
 * B bandwidth, X link bandwidth one way; η the fields of {@link io.ampacity.physics.Efficiencies}.
 *
 * <table>
 * <caption>Terms of an iteration</caption>
 * <tr><th>term</th><th>formula</th><th>fields</th></tr>
 * <tr><td>dense weights</td><td>max + ε·min of w·P/(t·B·η_m) and 2·P·T/(t·C·η_c)</td>
 * <td>{@code memory, compute, exposed}</td></tr>
 * <tr><td>routed experts</td><td>the same with the experts touched, E·(1 − (1 − e/E)^T), and e experts a token; grouped
 * products stream at a share of bandwidth of their own</td>
 * <td>{@code expert, expertCompute}</td></tr>
 * <tr><td>attention of decoding sequences</td><td>max of key-value bytes·c/(B·η_a) and FLOPs·c/(C₁₆·η_q); heads are cut by
 * t down to one, latent caches are not (DeepSeek-V2, arXiv 2405.04434)</td>
 * <td>{@code attentionMemory, attentionCompute, latentCompute}</td></tr>
 * <tr><td>attention of prompts</td><td>4·q·d_head FLOPs a pair and layer over C₁₆·η_q</td><td>{@code attentionCompute}</td></tr>
 * <tr><td>sums over chips</td><td>two a layer: α·(t/2)^0.4 + 2·(t − 1)/t·bytes/(X·η_x); up to 3.4 MB in one shot, which
 * moves (t − 1)·bytes</td>
 * <td>{@code link, linkSeconds}</td></tr>
 * <tr><td>tokens to experts</td><td>two a mixture layer when attention is copied (d &gt; 1)</td><td>the same</td></tr>
 * <tr><td>small kernels</td><td>L·λ, whatever the batch; two fifths as many more for latent attention, and for a mixture</td>
 * <td>{@code layerSeconds}</td></tr>
 * <tr><td>launching prompts</td><td>an iteration with prompts takes at least L·λ_p: its shapes vary, so kernels are
 * launched one by one (vLLM: beyond 512 tokens); three times as many more for latent attention, as many more for a
 * mixture</td><td>{@code promptLayerSeconds}</td></tr>
 * <tr><td>host</td><td>fixed a step, and a little a sequence; more when tokens are drawn (sorting the vocabulary, in proportion to it)</td>
 * <td>{@code stepSeconds, sequenceSeconds, samplingSeconds}</td></tr>
 * <tr><td>block-scaled weights</td><td>eight-bit checkpoints with a scale a block multiply at 0.68 of the rate and have 1.4
 * times the small kernels</td><td></td></tr>
 * <tr><td>eight-bit cache</td><td>vLLM before Blackwell streams it at 0.65 of η_a</td><td></td></tr>
 * <tr><td>drafted tokens</td><td>k + 1 tokens a sequence are checked in a step that yields 1 + a + … + aᵏ of them</td>
 * <td>{@link io.ampacity.physics.Drafting}</td></tr>
 * <tr><td>pipeline</td><td>all layers with the tokens of one of p micro-batches; sends between stages</td><td></td></tr>
 * <tr><td>power</td><td>P_idle + (P_max − P_idle)·(r·running + m·bytes/B + k·FLOPs/C), at most P_max</td>
 * <td>{@link io.ampacity.physics.PowerCoefficients}</td></tr>
 * </table>
 *
 * <p>No efficiency exceeds 1, so no estimate is faster than the data sheet. Pure decode steps are affine in context.
 */
@NullMarked
package io.ampacity.physics;

import org.jspecify.annotations.NullMarked;
