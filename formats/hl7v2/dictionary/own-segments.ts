// Segments the guide's tables lack, written here ("own") after the attribute tables of HL7 v2.8.2, and corrections to those they have.

/** Fields from 1, rows as in notation.ts, separated by `|`. */
export const ownSegments: Readonly<Record<string, string>> = {
  ACC:
    'Accident Date/Time:DTM|Accident Code:CWE#0050|Accident Location:ST|Auto Accident State:CWE#0347|Accident Job Related Indicator:ID#0136|' +
    'Accident Death Indicator:ID#0136|Entered By:XCN|Accident Description:ST|Brought In By:ST|Police Notified Indicator:ID#0136|Accident Address:XAD|' +
    'Degree of Patient Liability:NM|Accident Identifier:EI*',
  ARQ:
    'Placer Appointment ID:EI!|Filler Appointment ID:EI|Occurrence Number:NM|Placer Group Number:EI|Schedule ID:CWE|Request Event Reason:CWE|' +
    'Appointment Reason:CWE#0276|Appointment Type:CWE#0277|Appointment Duration:NM|Appointment Duration Units:CNE|Requested Start Date/Time Range:DR*|' +
    'Priority-ARQ:ST|Repeating Interval:RI|Repeating Interval Duration:ST|Placer Contact Person:XCN!*|Placer Contact Phone Number:XTN*|' +
    'Placer Contact Address:XAD*|Placer Contact Location:PL|Entered By Person:XCN!*|Entered By Phone Number:XTN*|Entered By Location:PL|' +
    'Parent Placer Appointment ID:EI|Parent Filler Appointment ID:EI|Placer Order Number:EI*|Filler Order Number:EI*',
  ARV:
    'Set ID:SI|Access Restriction Action Code:CNE!#0206|Access Restriction Value:CWE!#0717|Access Restriction Reason:CWE*#0719|' +
    'Special Access Restriction Instructions:ST*|Access Restriction Date Range:DR',
  AUT:
    'Authorizing Payor, Plan ID:CWE#0072|Authorizing Payor, Company ID:CWE!#0285|Authorizing Payor, Company Name:ST|Authorization Effective Date:DTM|' +
    'Authorization Expiration Date:DTM|Authorization Identifier:EI|Reimbursement Limit:CP|Requested Number of Treatments:CQ|' +
    'Authorized Number of Treatments:CQ|Process Date:DTM|Requested Discipline:CWE*|Authorized Discipline:CWE*|Authorization Referral Type:CWE!|' +
    'Approval Status:CWE|Planned Treatment Stop Date:DTM|Clinical Service:CWE|Reason Text:ST|Number of Authorized Treatments/Units:CQ|' +
    'Number of Used Treatments/Units:CQ|Number of Scheduled Treatments/Units:CQ|Encounter Type:CWE|Remaining Benefit Amount:MO|Authorized Provider:XON|' +
    'Authorized Health Professional:XCN|Source Text:ST|Source Date:DTM|Source Phone:XTN|Comment:ST|Action Code:ID#0206',
  BLG: 'When to Charge:CCD#0100|Charge Type:ID#0122|Account ID:CX|Charge Type Reason:CWE#0475',
  CTD:
    'Contact Role:CWE!*#0131|Contact Name:XPN*|Contact Address:XAD*|Contact Location:PL|Contact Communication Information:XTN*|' +
    'Preferred Method of Contact:CWE#0185|Contact Identifiers:PLN*',
  CTI: 'Sponsor Study ID:EI!|Study Phase Identifier:CWE|Study Scheduled Time Point:CWE|Action Code:ID#0206',
  DB1:
    'Set ID - DB1:SI!|Disabled Person Code:CWE#0334|Disabled Person Identifier:CX*|Disability Indicator:ID#0136|Disability Start Date:DT|' +
    'Disability End Date:DT|Disability Return to Work Date:DT|Disability Unable to Work Date:DT',
  DRG:
    'Diagnostic Related Group:CNE#0055|DRG Assigned Date/Time:DTM|DRG Approval Indicator:ID#0136|DRG Grouper Review Code:CWE#0056|Outlier Type:CWE#0083|' +
    'Outlier Days:NM|Outlier Cost:CP|DRG Payor:CWE#0229|Outlier Reimbursement:CP|Confidential Indicator:ID#0136|DRG Transfer Type:CWE#0415|Name of Coder:XPN|' +
    'Grouper Status:CWE#0734|PCCL Value Code:CWE#0728|Effective Weight:NM|Monetary Amount:MO|Status Patient:CWE#0739|Grouper Software Name:ST|' +
    'Grouper Software Version:ST|Status Financial Calculation:CWE#0742|Relative Discount/Surcharge:MO|Basic Charge:MO|Total Charge:MO|Discount/Surcharge:MO|' +
    'Calculated Days:NM|Status Gender:CWE#0749|Status Age:CWE#0749|Status Length of Stay:CWE#0749|Status Same Day Flag:CWE#0749|' +
    'Status Separation Mode:CWE#0749|Status Weight at Birth:CWE#0755|Status Respiration Minutes:CWE#0757|Status Admission:CWE#0759',
  DSC: 'Continuation Pointer:ST|Continuation Style:ID#0398',
  DSP: 'Set ID - DSP:SI|Display Level:SI|Data Line:TX!|Logical Break Point:ST|Result ID:TX',
  ERR:
    'Error Code and Location:ELD*|Error Location:ERL*|HL7 Error Code:CWE!#0357|Severity:ID!#0516|Application Error Code:CWE#0533|' +
    'Application Error Parameter:ST*|Diagnostic Information:TX|User Message:TX|Inform Person Indicator:CWE*#0517|Override Type:CWE#0518|' +
    'Override Reason Code:CWE*#0519|Help Desk Contact Point:XTN*',
  FT1:
    'Set ID - FT1:SI|Transaction ID:CX|Transaction Batch ID:ST|Transaction Date:DR!|Transaction Posting Date:DTM|Transaction Type:CWE!#0017|' +
    'Transaction Code:CWE!#0132|Transaction Description:ST|Transaction Description - Alt:ST|Transaction Quantity:NM|Transaction Amount - Extended:CP|' +
    'Transaction Amount - Unit:CP|Department Code:CWE#0049|Health Plan ID:CWE#0072|Insurance Amount:CP|Assigned Patient Location:PL|Fee Schedule:CWE#0024|' +
    'Patient Type:CWE#0018|Diagnosis Code - FT1:CWE*#0051|Performed By Code:XCN*#0084|Ordered By Code:XCN*|Unit Cost:CP|Filler Order Number:EI|' +
    'Entered By Code:XCN*|Procedure Code:CNE#0088|Procedure Code Modifier:CNE*#0340|Advanced Beneficiary Notice Code:CWE#0339|' +
    'Medically Necessary Duplicate Procedure Reason:CWE#0476|NDC Code:CWE#0549|Payment Reference ID:CX|Transaction Reference Key:SI*|Performing Facility:XON*|' +
    'Ordering Facility:XON|Item Number:CWE|Model Number:ST|Special Processing Code:CWE*|Clinic Code:CWE|Referral Number:CX|Authorization Number:CX|' +
    'Service Provider Taxonomy Code:CWE|Revenue Code:CWE#0456|Prescription Number:ST|NDC Quantity and UOM:CQ',
  GT1:
    'Set ID - GT1:SI!|Guarantor Number:CX*|Guarantor Name:XPN!*|Guarantor Spouse Name:XPN*|Guarantor Address:XAD*|Guarantor Phone Number - Home:XTN*|' +
    'Guarantor Phone Number - Business:XTN*|Guarantor Date/Time of Birth:DTM|Guarantor Administrative Sex:CWE#0001|Guarantor Type:CWE#0068|' +
    'Guarantor Relationship:CWE#0063|Guarantor SSN:ST|Guarantor Date - Begin:DT|Guarantor Date - End:DT|Guarantor Priority:NM|Guarantor Employer Name:XPN*|' +
    'Guarantor Employer Address:XAD*|Guarantor Employer Phone Number:XTN*|Guarantor Employee ID Number:CX*|Guarantor Employment Status:CWE#0066|' +
    'Guarantor Organization Name:XON*|Guarantor Billing Hold Flag:ID#0136|Guarantor Credit Rating Code:CWE#0341|Guarantor Death Date and Time:DTM|' +
    'Guarantor Death Flag:ID#0136|Guarantor Charge Adjustment Code:CWE#0218|Guarantor Household Annual Income:CP|Guarantor Household Size:NM|' +
    'Guarantor Employer ID Number:CX*|Guarantor Marital Status Code:CWE#0002|Guarantor Hire Effective Date:DT|Employment Stop Date:DT|' +
    'Living Dependency:CWE#0223|Ambulatory Status:CWE*#0009|Citizenship:CWE*#0171|Primary Language:CWE#0296|Living Arrangement:CWE#0220|' +
    "Publicity Code:CWE#0215|Protection Indicator:ID#0136|Student Indicator:CWE#0231|Religion:CWE#0006|Mother's Maiden Name:XPN*|Nationality:CWE#0212|" +
    "Ethnic Group:CWE*#0189|Contact Person's Name:XPN*|Contact Person's Telephone Number:XTN*|Contact Reason:CWE#0222|Contact Relationship:CWE#0063|" +
    "Job Title:ST|Job Code/Class:JCC|Guarantor Employer's Organization Name:XON*|Handicap:CWE#0295|Job Status:CWE#0311|Guarantor Financial Class:FC|" +
    'Guarantor Race:CWE*#0005|Guarantor Birth Place:ST|VIP Indicator:CWE#0099',
  GOL:
    'Action Code:ID!#0287|Action Date/Time:DTM!|Goal ID:CWE!|Goal Instance ID:EI!|Episode of Care ID:EI|Goal List Priority:NM|' +
    'Goal Established Date/Time:DTM|Expected Goal Achieve Date/Time:DTM|Goal Classification:CWE|Goal Management Discipline:CWE|' +
    'Current Goal Review Status:CWE|Current Goal Review Date/Time:DTM|Next Goal Review Date/Time:DTM|Previous Goal Review Date/Time:DTM|' +
    'Goal Review Interval:TQ|Goal Evaluation:CWE|Goal Evaluation Comment:ST*|Goal Life Cycle Status:CWE|Goal Life Cycle Status Date/Time:DTM|' +
    'Goal Target Type:CWE*|Goal Target Name:XPN*|Mood Code:CNE',
  INV:
    'Substance Identifier:CWE#0451|Substance Status:CWE*#0383|Substance Type:CWE#0384|Inventory Container Identifier:CWE|' +
    'Container Carrier Identifier:CWE|Position on Carrier:CWE|Initial Quantity:NM|Current Quantity:NM|Available Quantity:NM|Consumption Quantity:NM|' +
    'Quantity Units:CWE|Expiration Date/Time:DTM|First Used Date/Time:DTM|On Board Stability Duration:TQ|Test/Fluid Identifier:CWE*|' +
    'Manufacturer Lot Number:ST|Manufacturer Identifier:CWE#0385|Supplier Identifier:CWE#0386|On Board Stability Time:CQ|Target Value:CQ',
  IN2:
    "Insured's Employee ID:CX*|Insured's Social Security Number:ST|Insured's Employer's Name and ID:XCN*|Employer Information Data:CWE#0139|" +
    'Mail Claim Party:CWE*#0137|Medicare Health Insurance Card Number:ST|Medicaid Case Name:XPN*|Medicaid Case Number:ST|Military Sponsor Name:XPN*|' +
    'Military ID Number:ST|Dependent of Military Recipient:CWE#0342|Military Organization:ST|Military Station:ST|Military Service:CWE#0140|' +
    'Military Rank/Grade:CWE#0141|Military Status:CWE#0142|Military Retire Date:DT|Military Non-Availability Certificate on File:ID#0136|' +
    'Baby Coverage:ID#0136|Combine Baby Bill:ID#0136|Blood Deductible:ST|Special Coverage Approval Name:XPN*|Special Coverage Approval Title:ST|' +
    'Non-Covered Insurance Code:CWE*#0143|Payor ID:CX*|Payor Subscriber ID:CX*|Eligibility Source:CWE#0144|Room Coverage Type/Amount:RMC*|' +
    'Policy Type/Amount:PTA*|Daily Deductible:DDI|Living Dependency:CWE#0223|Ambulatory Status:CWE*#0009|Citizenship:CWE*#0171|Primary Language:CWE#0296|' +
    'Living Arrangement:CWE#0220|Publicity Code:CWE#0215|Protection Indicator:ID#0136|Student Indicator:CWE#0231|Religion:CWE#0006|' +
    "Mother's Maiden Name:XPN*|Nationality:CWE#0212|Ethnic Group:CWE*#0189|Marital Status:CWE*#0002|Insured's Employment Start Date:DT|" +
    'Employment Stop Date:DT|Job Title:ST|Job Code/Class:JCC|Job Status:CWE#0311|Employer Contact Person Name:XPN*|Employer Contact Person Phone Number:XTN*|' +
    "Employer Contact Reason:CWE#0222|Insured's Contact Person's Name:XPN*|Insured's Contact Person Phone Number:XTN*|" +
    "Insured's Contact Person Reason:CWE*#0222|Relationship to the Patient Start Date:DT|Relationship to the Patient Stop Date:DT*|" +
    'Insurance Company Contact Reason:CWE#0232|Insurance Company Contact Phone Number:XTN*|Policy Scope:CWE#0312|Policy Source:CWE#0313|' +
    "Patient Member Number:CX|Guarantor's Relationship to Insured:CWE#0063|Insured's Phone Number - Home:XTN*|Insured's Employer Phone Number:XTN*|" +
    'Military Handicapped Program:CWE#0343|Suspend Flag:ID#0136|Copay Limit Flag:ID#0136|Stoploss Limit Flag:ID#0136|Insured Organization Name and ID:XON*|' +
    "Insured Employer Organization Name and ID:XON*|Race:CWE*#0005|Patient's Relationship to Insured:CWE#0344",
  IPC:
    'Accession Identifier:EI!|Requested Procedure ID:EI!|Study Instance UID:EI!|Scheduled Procedure Step ID:EI!|Modality:CWE|Protocol Code:CWE*|' +
    'Scheduled Station Name:EI|Scheduled Procedure Step Location:CWE*|Scheduled Station AE Title:ST|Action Code:ID#0206',
  MFE:
    'Record-Level Event Code:ID!#0180|MFN Control ID:ST|Effective Date/Time:DTM|Primary Key Value - MFE:varies!*|Primary Key Value Type:ID!*#0355|' +
    'Entered Date/Time:DTM|Entered By:XCN',
  MFI:
    'Master File Identifier:CWE!#0175|Master File Application Identifier:HD*#0361|File-Level Event Code:ID!#0178|Entered Date/Time:DTM|' +
    'Effective Date/Time:DTM|Response Level Code:ID!#0179',
  NPU: 'Bed Location:PL!|Bed Status:CWE#0116',
  ODS: 'Type:ID!#0159|Service Period:CWE*|Diet, Supplement, or Preference Code:CWE!*|Text Instruction:ST*',
  ODT: 'Tray Type:CWE!#0160|Service Period:CWE*|Text Instruction:ST',
  PDA:
    'Death Cause Code:CWE*|Death Location:PL|Death Certified Indicator:ID#0136|Death Certificate Signed Date/Time:DTM|Death Certified By:XCN|' +
    'Autopsy Indicator:ID#0136|Autopsy Start and End Date/Time:DR|Autopsy Performed By:XCN|Coroner Indicator:ID#0136',
  PRA:
    'Primary Key Value - PRA:CWE|Practitioner Group:CWE*#0358|Practitioner Category:CWE*#0186|Provider Billing:ID#0187|Specialty:SPD*#0337|' +
    'Practitioner ID Numbers:PLN*|Privileges:PIP*|Date Entered Practice:DT|Institution:CWE#0537|Date Left Practice:DT|' +
    'Government Reimbursement Billing Eligibility:CWE*#0401|Set ID - PRA:SI',
  PRB:
    'Action Code:ID!#0287|Action Date/Time:DTM!|Problem ID:CWE!|Problem Instance ID:EI!|Episode of Care ID:EI|Problem List Priority:NM|' +
    'Problem Established Date/Time:DTM|Anticipated Problem Resolution Date/Time:DTM|Actual Problem Resolution Date/Time:DTM|Problem Classification:CWE|' +
    'Problem Management Discipline:CWE*|Problem Persistence:CWE|Problem Confirmation Status:CWE|Problem Life Cycle Status:CWE|' +
    'Problem Life Cycle Status Date/Time:DTM|Problem Date of Onset:DTM|Problem Onset Text:ST|Problem Ranking:CWE|Certainty of Problem:CWE|' +
    'Probability of Problem (0-1):NM|Individual Awareness of Problem:CWE|Problem Prognosis:CWE|Individual Awareness of Prognosis:CWE|' +
    'Family/Significant Other Awareness of Problem/Prognosis:ST|Security/Sensitivity:CWE|Problem Severity:CWE|Problem Perspective:CWE|Mood Code:CNE',
  PRD:
    'Provider Role:CWE!*#0286|Provider Name:XPN*|Provider Address:XAD*|Provider Location:PL|Provider Communication Information:XTN*|' +
    'Preferred Method of Contact:CWE#0185|Provider Identifiers:PLN*|Effective Start Date of Provider Role:DTM|Effective End Date of Provider Role:DTM*|' +
    'Provider Organization Name and Identifier:XON|Provider Organization Address:XAD*|Provider Organization Location Information:PL*|' +
    'Provider Organization Communication Information:XTN*|Provider Organization Method of Contact:CWE#0185',
  PTH:
    'Action Code:ID!#0287|Pathway ID:CWE!|Pathway Instance ID:EI!|Pathway Established Date/Time:DTM!|Pathway Life Cycle Status:CWE|' +
    'Change Pathway Life Cycle Status Date/Time:DTM|Mood Code:CNE',
  QAK: 'Query Tag:ST|Query Response Status:ID#0208|Message Query Name:CWE#0471|Hit Count Total:NM|This Payload:NM|Hits Remaining:NM',
  QPD: 'Message Query Name:CWE!#0471|Query Tag:ST|User Parameters:varies',
  QRD:
    'Query Date/Time:DTM!|Query Format Code:ID!#0106|Query Priority:ID!#0091|Query ID:ST!|Deferred Response Type:ID#0107|Deferred Response Date/Time:DTM|' +
    'Quantity Limited Request:CQ!#0126|Who Subject Filter:XCN!*|What Subject Filter:CWE!*#0048|What Department Data Code:CWE!*|' +
    'What Data Code Value Qualifier:VR*|Query Results Level:ID#0108',
  QRF:
    'Where Subject Filter:ST!*|When Data Start Date/Time:DTM|When Data End Date/Time:DTM|What User Qualifier:ST*|Other QRY Subject Filter:ST*|' +
    'Which Date/Time Qualifier:ID*#0156|Which Date/Time Status Qualifier:ID*#0157|Date/Time Selection Qualifier:ID*#0158|' +
    'When Quantity/Timing Qualifier:TQ|Search Confidence Threshold:NM',
  QRI: 'Candidate Confidence:NM|Match Reason Code:CWE*#0392|Algorithm Descriptor:CWE#0393',
  RCP:
    'Query Priority:ID#0091|Quantity Limited Request:CQ#0126|Response Modality:CNE#0394|Execution and Delivery Time:DTM|Modify Indicator:ID#0395|' +
    'Sort-by Field:SRT*|Segment Group Inclusion:ID*#0391',
  RF1:
    'Referral Status:CWE#0283|Referral Priority:CWE#0280|Referral Type:CWE#0281|Referral Disposition:CWE*#0282|Referral Category:CWE#0284|' +
    'Originating Referral Identifier:EI!|Effective Date:DTM|Expiration Date:DTM|Process Date:DTM|Referral Reason:CWE*#0336|External Referral Identifier:EI*|' +
    'Referral Documentation Completion Status:CWE|Planned Treatment Stop Date:DTM|Referral Reason Text:ST|Number of Authorized Treatments/Units:CQ|' +
    'Number of Used Treatments/Units:CQ|Number of Scheduled Treatments/Units:CQ|Remaining Benefit Amount:MO|Authorized Provider:XON|' +
    'Authorized Health Professional:XCN|Source Text:ST|Source Date:DTM|Source Phone:XTN|Comment:ST|Action Code:ID#0206',
  RGS: 'Set ID - RGS:SI!|Segment Action Code:ID#0206|Resource Group ID:CWE',
  RXC:
    'RX Component Type:ID!#0166|Component Code:CWE!|Component Amount:NM!|Component Units:CWE!|Component Strength:NM|Component Strength Units:CWE|' +
    'Supplementary Code:CWE*|Component Drug Strength Volume:NM|Component Drug Strength Volume Units:CWE|Dispense Amount:NM|Dispense Units:CWE',
  RXD:
    'Dispense Sub-ID Counter:NM!|Dispense/Give Code:CWE!#0292|Date/Time Dispensed:DTM!|Actual Dispense Amount:NM!|Actual Dispense Units:CWE|' +
    'Actual Dosage Form:CWE|Prescription Number:ST!|Number of Refills Remaining:NM|Dispense Notes:ST*|Dispensing Provider:XCN*|Substitution Status:ID#0167|' +
    'Total Daily Dose:CQ|Dispense-to Location:LA2|Needs Human Review:ID#0136|Special Dispensing Instructions:CWE*|Actual Strength:NM|' +
    'Actual Strength Unit:CWE|Substance Lot Number:ST*|Substance Expiration Date:DTM*|Substance Manufacturer Name:CWE*#0227|Indication:CWE*|' +
    'Dispense Package Size:NM|Dispense Package Size Unit:CWE|Dispense Package Method:ID#0321|Supplementary Code:CWE*|Initiating Location:CWE|' +
    'Packaging/Assembly Location:CWE|Actual Drug Strength Volume:NM|Actual Drug Strength Volume Units:CWE|Dispense to Pharmacy:CWE|' +
    'Dispense to Pharmacy Address:XAD|Pharmacy Order Type:ID#0480|Dispense Type:CWE#0484|Pharmacy Phone Number:XTN*|Dispense Tag Identifier:EI*',
  RXE:
    'Quantity/Timing:TQ|Give Code:CWE!#0292|Give Amount - Minimum:NM!|Give Amount - Maximum:NM|Give Units:CWE!|Give Dosage Form:CWE|' +
    "Provider's Administration Instructions:CWE*|Deliver-to Location:LA1|Substitution Status:ID#0167|Dispense Amount:NM|Dispense Units:CWE|" +
    "Number of Refills:NM|Ordering Provider's DEA Number:XCN*|Pharmacist/Treatment Supplier's Verifier ID:XCN*|Prescription Number:ST|" +
    'Number of Refills Remaining:NM|Number of Refills/Doses Dispensed:NM|Date/Time of Most Recent Refill or Dose Dispensed:DTM|Total Daily Dose:CQ|' +
    'Needs Human Review:ID#0136|Special Dispensing Instructions:CWE*|Give Per (Time Unit):ST|Give Rate Amount:ST|Give Rate Units:CWE|Give Strength:NM|' +
    'Give Strength Units:CWE|Give Indication:CWE*|Dispense Package Size:NM|Dispense Package Size Unit:CWE|Dispense Package Method:ID#0321|' +
    'Supplementary Code:CWE*|Original Order Date/Time:DTM|Give Drug Strength Volume:NM|Give Drug Strength Volume Units:CWE|' +
    'Controlled Substance Schedule:CWE#0477|Formulary Status:ID#0478|Pharmaceutical Substance Alternative:CWE*|Pharmacy of Most Recent Fill:CWE|' +
    'Initial Dispense Amount:NM|Dispensing Pharmacy:CWE|Dispensing Pharmacy Address:XAD|Deliver-to Patient Location:PL|Deliver-to Address:XAD|' +
    'Pharmacy Order Type:ID#0480|Pharmacy Phone Number:XTN*',
  RXG:
    'Give Sub-ID Counter:NM!|Dispense Sub-ID Counter:NM|Quantity/Timing:TQ|Give Code:CWE!#0292|Give Amount - Minimum:NM!|Give Amount - Maximum:NM|' +
    'Give Units:CWE!|Give Dosage Form:CWE|Administration Notes:CWE*|Substitution Status:ID#0167|Dispense-to Location:LA2|Needs Human Review:ID#0136|' +
    'Special Administration Instructions:CWE*|Give Per (Time Unit):ST|Give Rate Amount:ST|Give Rate Units:CWE|Give Strength:NM|Give Strength Units:CWE|' +
    'Substance Lot Number:ST*|Substance Expiration Date:DTM*|Substance Manufacturer Name:CWE*#0227|Indication:CWE*|Give Drug Strength Volume:NM|' +
    'Give Drug Strength Volume Units:CWE|Give Barcode Identifier:CWE|Pharmacy Order Type:ID#0480',
  SAC:
    'External Accession Identifier:EI|Accession Identifier:EI|Container Identifier:EI|Primary (Parent) Container Identifier:EI|' +
    'Equipment Container Identifier:EI|Specimen Source:SPS|Registration Date/Time:DTM|Container Status:CWE#0370|Carrier Type:CWE#0378|Carrier Identifier:EI|' +
    'Position in Carrier:NA|Tray Type - SAC:CWE#0379|Tray Identifier:EI|Position in Tray:NA|Location:CWE*|Container Height:NM|Container Diameter:NM|' +
    'Barrier Delta:NM|Bottom Delta:NM|Container Height/Diameter/Delta Units:CWE|Container Volume:NM|Available Specimen Volume:NM|' +
    'Initial Specimen Volume:NM|Volume Units:CWE|Separator Type:CWE#0380|Cap Type:CWE#0381|Additive:CWE*#0371|Specimen Component:CWE|Dilution Factor:SN|' +
    'Treatment:CWE#0373|Temperature:SN|Hemolysis Index:NM|Hemolysis Index Units:CWE|Lipemia Index:NM|Lipemia Index Units:CWE|Icterus Index:NM|' +
    'Icterus Index Units:CWE|Fibrin Index:NM|Fibrin Index Units:CWE|System Induced Contaminants:CWE*#0374|Drug Interference:CWE*#0382|' +
    'Artificial Blood:CWE#0375|Special Handling Code:CWE*#0376|Other Environmental Factors:CWE*#0377',
  SID: 'Application/Method Identifier:CWE|Substance Lot Number:ST|Substance Container Identifier:ST|Substance Manufacturer Identifier:CWE',
  STF:
    'Primary Key Value - STF:CWE|Staff Identifier List:CX*|Staff Name:XPN*|Staff Type:CWE*#0182|Administrative Sex:CWE#0001|Date/Time of Birth:DTM|' +
    'Active/Inactive Flag:ID#0183|Department:CWE*#0184|Hospital Service - STF:CWE*#0069|Phone:XTN*|Office/Home Address/Birthplace:XAD*|' +
    'Institution Activation Date:DIN*|Institution Inactivation Date:DIN*|Backup Person ID:CWE*|E-Mail Address:ST*|Preferred Method of Contact:CWE#0185|' +
    'Marital Status:CWE#0002|Job Title:ST|Job Code/Class:JCC|Employment Status Code:CWE#0066',
  TCD:
    'Universal Service Identifier:CWE!|Auto-Dilution Factor:SN|Rerun Dilution Factor:SN|Pre-Dilution Factor:SN|Endogenous Content of Pre-Dilution Diluent:SN|' +
    'Automatic Repeat Allowed:ID#0136|Reflex Allowed:ID#0136|Analyte Repeat Status:CWE#0389',
  TQ2:
    'Set ID - TQ2:SI|Sequence/Results Flag:ID#0503|Related Placer Number:EI*|Related Filler Number:EI*|Related Placer Group Number:EI*|' +
    'Sequence Condition Code:ID#0504|Cyclic Entry/Exit Indicator:ID#0505|Sequence Condition Time Interval:CQ|' +
    'Cyclic Group Maximum Number of Repeats:NM|Special Service Request Relationship:ID#0506',
  VAR:
    'Variance Instance ID:EI!|Documented Date/Time:DTM!|Stated Variance Date/Time:DTM|Variance Originator:XCN*|Variance Classification:CWE|' +
    'Variance Description:ST*',
  UAC: 'User Authentication Credential Type Code:CWE!#0615|User Authentication Credential:ED!',
}

/** Rows the tables leave out or give without a type. */
export const fieldCorrections: Readonly<Record<string, string>> = {
  'IN1-38': 'Policy Limit - Amount:CP',
  'IN1-40': 'Room Rate - Semi-Private:CP',
  'IN1-41': 'Room Rate - Private:CP',
  'OBR-15': 'Specimen Source:SPS',
  'OBR-29': 'Parent:EIP',
  'RXA-11': 'Administered-at Location:LA2',
  'RXO-8': 'Deliver-to Location:LA1',
  'RXO-23': 'Pharmacy Order Type:ID#0480',
}

/** Table numbers of coded fields that the guide maps no vocabulary for, by segment and field. */
export const fieldTables: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  AL1: { 2: '0127', 4: '0128' },
  DG1: { 3: '0051', 6: '0052' },
  EVN: { 1: '0003', 4: '0062' },
  IN1: { 2: '0072', 3: '0285', 15: '0086', 17: '0063', 43: '0001' },
  MSA: { 1: '0008' },
  MSH: { 15: '0155', 16: '0155', 17: '0399', 18: '0211', 20: '0356' },
  NK1: { 3: '0063', 7: '0131', 14: '0002', 15: '0001', 20: '0296', 28: '0189', 35: '0005' },
  NTE: { 2: '0105', 4: '0364' },
  OBR: { 11: '0065', 24: '0074', 25: '0123' },
  OBX: { 2: '0125', 8: '0078', 11: '0085' },
  ORC: { 1: '0119', 5: '0038', 6: '0121' },
  PD1: { 2: '0220', 11: '0215', 15: '0316' },
  PID: { 10: '0005', 15: '0296', 16: '0002', 17: '0006', 22: '0189', 26: '0171', 27: '0172', 28: '0212', 32: '0445' },
  PR1: { 3: '0088', 6: '0230' },
  PV1: { 2: '0004', 4: '0007', 10: '0069', 14: '0023', 16: '0099', 18: '0018', 36: '0112', 38: '0114', 41: '0117', 51: '0326' },
  RXA: { 20: '0322' },
  RXR: { 1: '0162', 2: '0163' },
  SPM: { 4: '0487' },
  TXA: { 2: '0270', 3: '0191', 17: '0271', 18: '0272', 19: '0273' },
}
