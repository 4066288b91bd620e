import { kubeGet } from './kube-request';

/** The requests with which Planeboard asks the API server what a person may do. */
const REVIEWS = /^apiserver_request_total\{.*resource="selfsubject(?:access|rules)reviews".*\} (\d\S*)$/gm;

/** Returns how many reviews of rights the API server has answered since its start. */
export async function reviewCount(kubeconfigPath: string): Promise<number> {
  const answer = await kubeGet(kubeconfigPath, '/metrics');
  answer.setEncoding('utf8');
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return [...text.matchAll(REVIEWS)].reduce((sum, [, count]) => sum + Number(count), 0);
}
