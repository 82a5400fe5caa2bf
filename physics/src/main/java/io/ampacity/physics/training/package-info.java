/**
 * How long a model trains on a group of chips, and what failures leave of that.
 *
 * <p>Symbols: b sequences of s tokens in a micro-batch, hidden size h, a query heads, tensor parallel t, pipeline p with
 * v chunks of layers a stage, m micro-batches, data parallel d.
 *
 * <table>
 * <caption>Terms of a step</caption>
 * <tr><th>term</th><th>formula</th><th>reference</th></tr>
 * <tr><td>matrix products of a layer, forward</td><td>2·P_layer·b·s / t / (C·η_compute)</td><td>Kaplan 2020</td></tr>
 * <tr><td>attention, forward</td><td>4·b·s²·h / t, half of it when causal blocks are skipped</td><td>FlashAttention-2</td></tr>
 * <tr><td>small kernels</td><td>s·b·h·(34 + 5·a·s/h) bytes over bandwidth; parts not divided by t without sequence
 * parallelism</td><td>Korthikanti 2022, arXiv 2205.05198</td></tr>
 * <tr><td>backward</td><td>twice the forward, plus what is recomputed</td><td>same</td></tr>
 * <tr><td>tensor-parallel sums</td><td>4 a layer of 2·(t−1)/t·2·b·s·h bytes</td><td>Megatron, arXiv 1909.08053</td></tr>
 * <tr><td>products of routed experts</td><td>those of a layer over n/(n + 64), n = tokens an expert sees at once: its last
 * tile of 128 rows is half empty</td><td>geometry</td></tr>
 * <tr><td>eight-bit products</td><td>0.8 of the rate where weights carry a scale for each block; attention and output stay
 * at sixteen bits</td><td>DeepSeek-V3, arXiv 2412.19437; the share is that measured for serving</td></tr>
 * <tr><td>experts over e replicas on n servers</td><td>4 a layer of b·s·h·2/t bytes (1 byte outward in FP8) for each server
 * reached, n·(1 − (1 − 1/n)^k) of them, over 0.88·Y; or for each expert over 0.78·X where that is longer; what overlaps left
 * out, and then 20 of 132 cores send</td><td>DeepSeek-V3; DeepEP's measured rates</td></tr>
 * <tr><td>exchange between replicas</td><td>4 bytes a parameter·(d − 1)/d over Y; with gradients shared out 2 + 2·m, with
 * weights 6·m</td><td>ZeRO, arXiv 1910.02054, for each micro-batch</td></tr>
 * <tr><td>oversubscription o, rails of r chips</td><td>Y/o once a ring leaves its rail; all to all over n servers: Y/(r/n +
 * (1 − r/n)·o)</td><td>rail-optimised fat trees: arXiv 2307.12169</td></tr>
 * <tr><td>optical circuits</td><td>rings keep Y; all to all among c chips: Y/(¾·∛c)</td><td>TPU v4, arXiv 2304.01433: mean
 * hops of a 3D torus</td></tr>
 * <tr><td>bubble</td><td>(p − 1)/v stage times</td><td>Narayanan 2021, arXiv 2104.04473</td></tr>
 * <tr><td>checkpoint interval</td><td>√(2·δ·Θ)</td><td>Young 1974, Daly 2006</td></tr>
 * </table>
 */
@NullMarked
package io.ampacity.physics.training;

import org.jspecify.annotations.NullMarked;
