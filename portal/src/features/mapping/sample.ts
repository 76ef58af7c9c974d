// A message to begin with: an invented admission.

export const sample = [
  'MSH|^~\\&|ZJJ-HIS|ZJJ|HUILIAN|REGION|20261101080000||ADT^A01^ADT_A01|P0001|P|2.5||||||UNICODE UTF-8',
  'EVN|A01|20261101080000',
  'PID|1||880001^^^ZJJ^MR||阿依古丽·买买提^^^^^^L||19800506|2|||虚构街12号^^青浦区^上海市^201700^CHN^H||12000000017^PRN^CP',
  'PV1|1|I|ZW2^08^24^ZJJ||||Z01D03^李誠|||Z01|||||||||ZY880001',
  'DG1|1||I10.x00^特发性高血压^ICD-10-CN||20261101080000|A|||||||||1',
].join('\n')
